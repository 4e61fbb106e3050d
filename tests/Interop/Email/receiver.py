"""A mail server of aiosmtpd. Prints its port, then each mail as one line of JSON, read by Python's own mail parser."""
import asyncio, email, email.policy, json, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult

port = int(sys.argv[1])
certificate = sys.argv[2] if len(sys.argv) > 2 else None


class Mailbox:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 no such user"
        if address.startswith("busy@"):
            return "450 busy, come back"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": mail["subject"], "body": mail.get_content(),
            "id": mail["message-id"], "references": mail["references"], "auto": mail["auto-submitted"],
            "tls": session.ssl is not None, "user": session.auth_data, "longest": max(len(l) for l in envelope.original_content.split(b"\r\n")),
        }), flush=True)
        return "250 taken"


def sign_in(server, session, envelope, mechanism, data):
    good = data.login == b"nines" and data.password == "pässword".encode()
    return AuthResult(success=good, handled=good, auth_data=mechanism)


def make():
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    return SMTP(Mailbox(), enable_SMTPUTF8=True, tls_context=context, require_starttls=bool(certificate),
                authenticator=sign_in, auth_require_tls=bool(certificate), auth_required=False)


async def main():
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
