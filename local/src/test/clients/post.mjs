// Posts a picture with Node's fetch, without a content type, and prints one line for each way: client, status, first
// prediction.
// usage: node post.mjs ADDRESS PICTURE
import { readFileSync } from "node:fs";

const url = process.argv[2] + "v1/classify";
const picture = readFileSync(process.argv[3]);
const form = new FormData();
form.append("image", new Blob([picture]), "leaf.png");
for (const [client, body] of [["Buffer", picture], ["Blob", new Blob([picture])], ["FormData", form],
  ["string", JSON.stringify({ image: picture.toString("base64") })]]) {
  const answer = await fetch(url, { method: "POST", body });
  console.log(["fetch " + client, answer.status, (await answer.json()).predictions[0].label].join("\t"));
}
