"use strict";
// The one script: it asks the browser for a passkey, and sends what that answers as any form is sent.
const form = document.getElementById("passkey");

async function answered() {
  const options = JSON.parse(form.dataset.options);
  return form.dataset.act === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

async function send() {
  try {
    form.elements.answer.value = JSON.stringify((await answered()).toJSON());
    form.submit();
  } catch {
    document.getElementById("failed").hidden = false;
  }
}

const button = document.getElementById("use");
button.addEventListener("click", send);
button.disabled = false;
