"""Composition root of the command line: `ringyard ...`.

A command's module is imported when the command is asked for: most need only a part of the product, and every process
of an installation starts by one.
"""

from importlib import import_module

import click

COMMANDS = {
    "bench": "ringyard.commands.benching:bench",
    "controller": "ringyard.commands.controlling:controller",
    "demo": "ringyard.local.demo_command:demo",
    "do-not-call": "ringyard.commands.do_not_call:do_not_call",
    "doctor": "ringyard.local.commands:doctor",
    "import": "ringyard.commands.importing:import_list",
    "migrate": "ringyard.commands.serving:migrate",
    "node": "ringyard.commands.nodes:node",
    "serve": "ringyard.commands.serving:serve",
    "service": "ringyard.commands.services:service",
    "token": "ringyard.commands.workspaces:token",
    "up": "ringyard.local.commands:up",
    "workspace": "ringyard.commands.workspaces:workspace",
}


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Commands)
def main() -> None:
    """Run and look after a Ringyard installation, found by RINGYARD_HOME and the other settings in the environment."""


if __name__ == "__main__":
    main()
