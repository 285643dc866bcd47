"""Peer: FastAPI. `MODEL=FILE uvicorn fast:app --workers 2`. Work runs on threads, so that the event loop stays free."""

import base64

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from classifier import Classifier

CLASSIFIER = Classifier.served()
app = FastAPI()


class Submission(BaseModel):
    image: str


class Answer(BaseModel):
    label: str
    confidence: float
    predictions: dict[str, float]
    score: float
    distance: float


@app.get("/")
def health() -> dict:
    return {}


@app.post("/json")
def from_json(submission: Submission) -> Answer:
    return Answer(**CLASSIFIER.answer(base64.b64decode(submission.image)))


@app.post("/raw")
async def raw(request: Request) -> Answer:
    return Answer(**await run_in_threadpool(CLASSIFIER.answer, await request.body()))
