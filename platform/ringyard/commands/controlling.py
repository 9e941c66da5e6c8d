"""`ringyard controller`: the process beside an Asterisk node."""

import click
import uvloop

from pbx.main import control
from ringyard.kit.log import configure_logging
from ringyard.kit.settings import settings
from tenants import jobs
from worker.broker import BrokerSender, make_broker


@click.command()
@click.argument("node")
def controller(node: str) -> None:
    """Control the Asterisk node NODE until stopped."""
    config = settings()
    configure_logging(config.log_level)
    jobs.use_sender(BrokerSender(make_broker(config.redis_url)))
    uvloop.run(control(config, node))
