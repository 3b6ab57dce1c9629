from pydantic import BaseModel

from foundation.api import Operation
from foundation.forms import Form
from foundation.web import Rq
from webapp import openapi


class Greeting(Form):
    name: str


class Answer(BaseModel):
    text: str


def greet(_rq: Rq, greeting: Greeting) -> Answer:
    return Answer(text=greeting.name)


def test_an_operation_is_described_by_its_own_models() -> None:
    operation = Operation(
        "POST", "/greetings/{id}", greet, "Greet", "greetings", reply=Answer, body=Greeting, status=201
    )
    described = openapi.document([operation])
    assert described["openapi"] == "3.1.0"
    post = described["paths"]["/api/v1/greetings/{id}"]["post"]
    assert post["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Greeting"
    }
    assert post["responses"]["201"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Answer"
    }
    assert post["parameters"] == [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    ]
    assert set(described["components"]["schemas"]) == {"Greeting", "Answer", "Problem"}


def test_lists_files_uploads_and_public_operations() -> None:
    listed, upload = openapi.document(
        [
            Operation(
                "GET", "/list", greet, "List", "x", reply=Answer, many=True, public=True, query={"q": "words"}
            ),
            Operation("POST", "/file", greet, "Send", "x", upload="file"),
        ]
    )["paths"].values()
    assert listed["get"]["responses"]["200"]["content"]["application/json"]["schema"]["type"] == "array"
    assert listed["get"]["security"] == [{}]
    assert listed["get"]["parameters"][0]["name"] == "q"
    assert "multipart/form-data" in upload["post"]["requestBody"]["content"]
    assert "204" in upload["post"]["responses"]
