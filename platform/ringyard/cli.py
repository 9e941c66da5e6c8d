"""Composition root of the command line: `ringyard ...`."""

import click

from ringyard.commands.benching import bench
from ringyard.commands.controlling import controller
from ringyard.commands.importing import import_list
from ringyard.commands.nodes import node
from ringyard.commands.services import service
from ringyard.commands.serving import migrate, serve
from ringyard.commands.workspaces import token, workspace
from ringyard.local.commands import doctor, up
from ringyard.local.demo_command import demo


@click.group()
def main() -> None:
    """Run and look after a Ringyard installation, found by RINGYARD_HOME and the other settings in the environment."""


for command in (up, doctor, serve, migrate, workspace, token, service, node, import_list, controller, demo, bench):
    main.add_command(command)

if __name__ == "__main__":
    main()
