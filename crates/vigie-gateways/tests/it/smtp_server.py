"""A mail server for tests: real SMTP by aiosmtpd, with the moods of real servers by the name of the recipient.

Prints its port, then one line of JSON for each message that it takes.
"""

import argparse
import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, syntax

tried = {}


def say(what):
    print(json.dumps(what), flush=True)


class Box:
    async def handle_RCPT(self, server, session, envelope, address, options):
        mood = address.split("@")[0]
        tried[address] = tried.get(address, 0) + 1
        if mood == "later" and tried[address] == 1:
            return "451 4.3.0 not now"
        if mood == "never":
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server, session, envelope):
        say({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "data": base64.b64encode(envelope.content).decode(),
        })
        if envelope.rcpt_tos[0].startswith("full@"):
            return "552 5.2.2 box full"
        return "250 taken"


class Server(SMTP):
    refuse_tls = False

    @syntax("DATA")
    async def smtp_DATA(self, arg):
        mood = self.envelope.rcpt_tos[0].split("@")[0] if self.envelope.rcpt_tos else ""
        if mood in ("cut", "silent"):
            await self.push("354 go on")
            if mood == "cut":
                await self._reader.read(2000)
            else:
                await self._reader.readuntil(b"\r\n.\r\n")
            say({"cut": self.envelope.rcpt_tos[0]})
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    @syntax("STARTTLS")
    async def smtp_STARTTLS(self, arg):
        if self.refuse_tls:
            await self.push("454 4.7.0 TLS not available")
            return
        await super().smtp_STARTTLS(arg)


async def main():
    args = argparse.ArgumentParser()
    args.add_argument("--cert")
    args.add_argument("--key")
    args.add_argument("--at-once", action="store_true")
    args.add_argument("--refuse-tls", action="store_true")
    told = args.parse_args()
    Server.refuse_tls = told.refuse_tls
    tls = None
    if told.cert:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(told.cert, told.key)
    starts = None if told.at_once else tls
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Server(Box(), tls_context=starts, enable_SMTPUTF8=True, hostname="localhost", loop=loop),
        "127.0.0.1", 0, ssl=tls if told.at_once else None)
    say({"port": server.sockets[0].getsockname()[1]})
    # The test that started it holds the other end of this pipe: with it, the server goes.
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
