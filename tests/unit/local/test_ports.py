"""Ports of one home are free, remembered and apart from each other."""

import socket
from pathlib import Path

from ringyard.local.ports import Ports, is_free


def test_a_second_start_takes_the_same_port(tmp_path: Path) -> None:
    assert Ports(tmp_path).take("web") == Ports(tmp_path).take("web")


def test_a_remembered_port_that_a_stranger_holds_is_given_up(tmp_path: Path) -> None:
    before = Ports(tmp_path).take("web")
    with socket.create_server(("127.0.0.1", before)):
        assert not is_free(before)
        assert Ports(tmp_path).take("web") != before


def test_a_port_held_by_our_own_adopted_server_is_kept(tmp_path: Path) -> None:
    before = Ports(tmp_path).take("postgres")
    with socket.create_server(("127.0.0.1", before)):
        assert Ports(tmp_path).take("postgres", in_use_by_us=True) == before


def test_media_ports_of_two_nodes_do_not_overlap_and_begin_even(tmp_path: Path) -> None:
    ports = Ports(tmp_path)
    first, second = ports.take_range("node1", 2000), ports.take_range("node2", 2000)
    assert first % 2 == second % 2 == 0
    assert abs(first - second) >= 2000


def test_two_homes_begin_their_media_ports_at_different_places(tmp_path: Path) -> None:
    homes = [tmp_path / str(number) for number in range(4)]
    assert len({Ports(home).take_range("node1", 2000) for home in homes}) > 1
