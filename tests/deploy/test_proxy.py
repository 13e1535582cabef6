"""The proxy's configuration, held by its text against the compose file and the application."""

import json
import re

from django.conf import settings

from apps.api.problems import Problem
from tests.deploy.composing import DEPLOY, services

TEXT = {
    path.name: re.sub(r"#[^'\"\n]*$", "", path.read_text(), flags=re.MULTILINE)
    for path in (DEPLOY / "proxy").glob("*.conf")
}
SERVICE = services()["proxy"]


def test_each_way_of_holding_the_certificate_has_its_file_and_every_include_exists() -> None:
    assert SERVICE["entrypoint"][2] == "/etc/negotiator/proxy/tls.conf"
    assert {"tls.conf", "behind.conf"} <= TEXT.keys()
    assert {name for text in TEXT.values() for name in re.findall(r"include (\S+);", text)} <= TEXT.keys()


def test_it_listens_where_the_compose_file_publishes() -> None:
    published = {port.split(":")[1] for port in SERVICE["ports"]}
    assert set(re.findall(r"listen (\d+)", TEXT["tls.conf"])) == published


def test_the_names_behind_it_are_services_and_their_ports() -> None:
    behind = re.findall(r"default (\w+):(\d+);", TEXT["common.conf"])
    assert behind == [("web", "8000"), ("sockets", "8001")]
    assert "--bind=0.0.0.0:8000" in services()["web"]["command"]
    assert "--port=8001" in services()["sockets"]["command"]


def test_a_body_too_large_for_the_application_is_refused_by_the_application_and_one_far_beyond_it_by_the_proxy() -> (
    None
):
    found = re.search(r"client_max_body_size (\d+)m;", TEXT["common.conf"])
    assert found
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE < int(found[1]) * 2**20 < 2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_sockets_are_pinged_more_often_than_the_proxy_gives_up() -> None:
    assert "proxy_read_timeout 90s;" in TEXT["places.conf"]
    assert not [word for word in services()["sockets"]["command"] if word.startswith("--ws-ping")], (
        "uvicorn pings every 20 s"
    )


def test_its_own_answers_to_programs_have_the_form_of_the_applications() -> None:
    answers = re.findall(r"return (\d+) '(\{.*\})';", TEXT["places.conf"])
    assert len(answers) == 3
    for status, body in answers:
        said = json.loads(body)
        assert said.keys() == Problem(400, "a.b", "").to_json().keys()
        assert said["status"] == int(status)
        assert said["type"].endswith(said["code"])
