"""Peer: Gradio's Interface as its guide to image classification has it. `MODEL=FILE python interface.py PORT`."""

import sys

import gradio as gr
from PIL import Image

from classifier import Classifier

CLASSIFIER = Classifier.served()


def classify(image: Image.Image) -> dict[str, float]:
    return CLASSIFIER.judged(image)["predictions"]


gr.Interface(fn=classify, inputs=gr.Image(type="pil"), outputs=gr.Label(num_top_classes=3)).launch(
    server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True
)
