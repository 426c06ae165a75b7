"""Certificates and users of a launched cluster: SASL_SSL with SCRAM for clients, mutual TLS between the nodes.

The nodes cannot use SCRAM among themselves: its users are kept in the very metadata that they first have to read.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

MECHANISM = "SCRAM-SHA-512"
ADMIN = "admin"  # may do everything
NODE = "kafka-node"  # the common name in the nodes' certificate; a node may do everything as well
LOGIN_MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule required;"


@dataclass(frozen=True)
class Security:
    """``passwords`` by user. Certificates and passwords are files in ``folder``, which only its owner can read."""

    folder: Path
    passwords: dict[str, str]

    @classmethod
    def make(cls, folder: Path, users: tuple[str, ...]) -> "Security":
        """A certificate authority, a certificate for the nodes, and a password for each of the users and the admin."""
        folder.mkdir(mode=0o700)
        security = cls(folder, {user: secrets.token_urlsafe(24) for user in (ADMIN, *users)})
        for user, password in security.passwords.items():
            security.password_file(user).write_text(password)
        _write_certificates(security.ca_file, security.node_file)
        return security

    @property
    def ca_file(self) -> Path:
        return self.folder / "ca.pem"

    @property
    def node_file(self) -> Path:
        return self.folder / "node.pem"

    def password_file(self, user: str) -> Path:
        return self.folder / f"{user}.password"

    def client_settings(self, user: str) -> dict[str, str]:
        """wiredelta's settings for this user, by their names in lower case."""
        return {
            "security_protocol": "SASL_SSL",
            "sasl_mechanism": MECHANISM,
            "sasl_username": user,
            "sasl_password_file": str(self.password_file(user)),
            "ssl_cafile": str(self.ca_file),
        }

    def format_arguments(self) -> list[str]:
        """The users, for StorageTool."""
        users = [f"{MECHANISM}=[name={user},password={password}]" for user, password in self.passwords.items()]
        return [argument for user in users for argument in ("--add-scram", user)]

    def node_properties(self) -> dict[str, str]:
        return {
            "listener.security.protocol.map": "CLIENTS:SASL_SSL,NODES:SSL,CONTROLLERS:SSL",
            "sasl.enabled.mechanisms": MECHANISM,
            f"listener.name.clients.{MECHANISM.lower()}.sasl.jaas.config": LOGIN_MODULE,
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": str(self.node_file),
            "ssl.truststore.type": "PEM",
            "ssl.truststore.location": str(self.ca_file),
            "listener.name.nodes.ssl.client.auth": "required",
            "listener.name.controllers.ssl.client.auth": "required",
            "ssl.principal.mapping.rules": "RULE:^CN=([^,]+),.*$/$1/",
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": f"User:{ADMIN};User:{NODE}",
        }


def _write_certificates(ca_file: Path, node_file: Path) -> None:
    """The node's file is a key and its certificate; Kafka reads no key but PKCS#8."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(ca_file)
    node = authority.issue_cert("127.0.0.1", "localhost", common_name=NODE)
    key = load_pem_private_key(node.private_key_pem.bytes(), password=None)
    node_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for certificate in node.cert_chain_pems:
        certificate.write_to_path(node_file, append=True)
