"""A source profile as JSON-ready data and as YAML text, both ways; defaults are left out, unknown words are named."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from ronglu.exchange.profile import Profile


class ProfileError(ValueError):
    """A text that is no source profile; the message says which word, and where."""


def to_dict(value: Any) -> dict[str, Any]:
    found = {}
    for item in fields(value):
        content = getattr(value, item.name)
        default = item.default_factory() if item.default_factory is not MISSING else item.default
        if content != default:
            found[item.name] = _plain(content)
    return found


def from_dict(data: Mapping[str, Any]) -> Profile:
    profile = _build(Profile, data, "方案")
    assert isinstance(profile, Profile)
    return profile


def to_yaml(profile: Profile) -> str:
    import yaml

    return str(yaml.safe_dump(to_dict(profile), allow_unicode=True, sort_keys=False, width=120))


def from_yaml(text: str) -> Profile:
    import yaml

    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as why:
        raise ProfileError(f"不是有效的 YAML:{why}") from why
    if not isinstance(data, dict):
        raise ProfileError("方案应是一组“名称: 内容”")
    return from_dict(data)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return to_dict(value)
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _build(kind: type, data: Any, where: str) -> Any:
    if not isinstance(data, Mapping):
        raise ProfileError(f"{where}:应是一组“名称: 内容”,现为“{data}”")
    hints = get_type_hints(kind)
    if unknown := sorted(str(key) for key in data if key not in hints):
        raise ProfileError(f"{where}:不认识“{'、'.join(unknown)}”,可用:{'、'.join(hints)}")
    needed = [
        f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING and f.name not in data
    ]
    if needed:
        raise ProfileError(f"{where}:缺少“{'、'.join(needed)}”")
    return kind(**{key: _read(hints[key], value, f"{where}.{key}") for key, value in data.items()})


def _read(hint: Any, value: Any, where: str) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return None if value is None else _read(next(a for a in args if a is not type(None)), value, where)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise ProfileError(f"{where}:应是一个列表,现为“{value}”")
        if args[-1] is Ellipsis:
            return tuple(_read(args[0], item, f"{where}[{number}]") for number, item in enumerate(value, 1))
        if len(value) != len(args):
            raise ProfileError(f"{where}:应有 {len(args)} 项,现有 {len(value)} 项")
        return tuple(_read(kind, item, where) for kind, item in zip(args, value, strict=True))
    if origin is not None:  # Mapping[str, X]
        if not isinstance(value, Mapping):
            raise ProfileError(f"{where}:应是一组“名称: 内容”,现为“{value}”")
        return {str(key): _read(args[1], item, f"{where}.{key}") for key, item in value.items()}
    if is_dataclass(hint):
        return _build(cast(type, hint), value, where)
    return _atom(hint, value, where)


def _atom(hint: Any, value: Any, where: str) -> Any:
    if hint is bool or hint is int:
        if type(value) is not hint:
            raise ProfileError(f"{where}:应是{'是或否' if hint is bool else '整数'},现为“{value}”")
        return value
    if issubclass(hint, StrEnum):
        try:
            return hint(value)
        except ValueError:
            raise ProfileError(f"{where}:“{value}”不认识,可用:{'、'.join(str(m) for m in hint if str(m))}") from None
    return "" if value is None else str(value)
