"""The smallest MaxMind-format databases, written for tests.

Format: MaxMind DB File Format Specification, version 2.0.
"""

import ipaddress
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_MARKER = b"\xab\xcd\xefMaxMind.com"
_EMPTY = -1
_STRING, _UINT16, _UINT32, _MAP, _UINT64, _ARRAY = 2, 5, 6, 7, 9, 11
_TYPES = {"node_count": (_UINT32, 4), "build_epoch": (_UINT64, 8)}


def write_mmdb(path: Path, records: Mapping[str, Any], version: int = 6) -> Path:
    """Writes a database of networks and what it says of them."""
    nodes: list[list[int]] = [[_EMPTY, _EMPTY]]
    data = bytearray()
    leaves: dict[tuple[int, int], int] = {}
    for block, record in records.items():
        network = ipaddress.ip_network(block)
        width = 128 if version == 6 else 32
        length = network.prefixlen + (96 if version == 6 and network.version == 4 else 0)
        bits = f"{int(network.network_address):0{width}b}"[:length]
        node = 0
        for bit in map(int, bits[:-1]):
            if nodes[node][bit] == _EMPTY:
                nodes.append([_EMPTY, _EMPTY])
                nodes[node][bit] = len(nodes) - 1
            node = nodes[node][bit]
        leaves[node, int(bits[-1])] = len(data)
        data += _encoded(record)
    tree = b"".join(
        struct.pack(">I", _pointer(leaves, nodes, node, bit))
        for node in range(len(nodes))
        for bit in (0, 1)
    )
    metadata = {
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": 1,
        "database_type": "Test",
        "description": {},
        "ip_version": version,
        "languages": [],
        "node_count": len(nodes),
        "record_size": 32,
    }
    path.write_bytes(tree + bytes(16) + bytes(data) + _MARKER + _encoded(metadata))
    return path


def _pointer(
    leaves: Mapping[tuple[int, int], int], nodes: list[list[int]], node: int, bit: int
) -> int:
    if (node, bit) in leaves:
        return len(nodes) + 16 + leaves[node, bit]
    return len(nodes) if nodes[node][bit] == _EMPTY else nodes[node][bit]


def _encoded(value: Any, key: str = "") -> bytes:
    if isinstance(value, Mapping):
        items = b"".join(_encoded(name) + _encoded(item, name) for name, item in value.items())
        return _head(_MAP, len(value)) + items
    if isinstance(value, list):
        return _head(_ARRAY, len(value)) + b"".join(map(_encoded, value))
    if isinstance(value, str):
        return _head(_STRING, len(value.encode())) + value.encode()
    kind, size = _TYPES.get(key, (_UINT16, 2))
    return _head(kind, size) + int(value).to_bytes(size, "big")


def _head(kind: int, size: int) -> bytes:
    return bytes([kind << 5 | size] if kind <= _MAP else [size, kind - _MAP])
