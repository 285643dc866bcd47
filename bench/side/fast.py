"""Peer: FastAPI. `MODEL=FILE uvicorn fast:app --workers 2`, a worker a core.

Pictures are worked on beside the event loop, one at a time in each worker: with the forty threads that are the default, eight
clients get two thirds as many answers.
"""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from classifier import Classifier

CLASSIFIER = Classifier.served()


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = 1
    yield


app = FastAPI(lifespan=lifespan)


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
