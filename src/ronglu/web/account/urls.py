"""Log-in, one's own account, and the administrators' pages."""

from django.urls import path

from ronglu.web.account import keys, office, terminals, trail, views

urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("password/", views.password, name="password"),
    path("pin/", views.pin, name="pin"),
    path("language/", views.language, name="set_language"),
    path("tokens/", keys.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", keys.revoke, name="token_revoke"),
    path("deputies/", keys.deputies, name="deputies"),
    path("deputies/<int:pk>/end/", keys.end_deputy, name="deputy_end"),
    path("accounts/", office.accounts, name="accounts"),
    path("accounts/<int:pk>/reset/", office.reset, name="account_reset"),
    path("accounts/<int:pk>/active/", office.active, name="account_active"),
    path("accounts/open/<slug:plant>/", office.open_missing, name="accounts_open"),
    path("accounts/issue/<slug:plant>/", office.issue, name="accounts_issue"),
    path("accounts/terminal/", terminals.new, name="terminal_new"),
    path("permissions/", office.permissions, name="permissions"),
    path("permissions/<int:pk>/", office.set_roles, name="permission_set"),
    path("audit/", trail.audit, name="audit"),
]
