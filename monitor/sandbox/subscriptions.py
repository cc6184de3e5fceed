"""Strava's push_subscriptions: how an app asks for webhooks, sees what it has, and ends them."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from monitor.sandbox.answers import NO_SUCH_SUBSCRIPTION, SUBSCRIBED_ALREADY, WRONG_CLIENT, WRONG_SECRET, refuse
from monitor.sandbox.sandbox import Sandbox
from monitor.sandbox.webhooks import Subscription

Given = dict[str, str]


async def from_the_app(request: Request) -> Given:
    """What is in the query or the form, once it is clear that it comes from the app."""
    sandbox, form = request.app.state.sandbox, await request.form()
    given = {**request.query_params, **{name: str(value) for name, value in form.items()}}
    if given.get("client_id") != sandbox.client_id:
        refuse(WRONG_CLIENT)
    return given if given.get("client_secret") == sandbox.client_secret else refuse(WRONG_SECRET)


App = Annotated[Given, Depends(from_the_app)]


def subscriptions(sandbox: Sandbox) -> APIRouter:
    router = APIRouter(prefix="/push_subscriptions")
    webhooks = sandbox.webhooks

    # No coroutine: while the callback is asked the sandbox has to go on answering.
    @router.post("", status_code=201)
    def subscribe(given: App) -> dict[str, Any]:
        if webhooks.subscription:
            refuse(SUBSCRIBED_ALREADY)
        refusal = webhooks.subscribe(given.get("callback_url", ""), given.get("verify_token", ""), sandbox.now())
        return refuse(refusal) if refusal else _told(sandbox)[0]

    @router.get("")
    async def subscribed(_: App) -> list[dict[str, Any]]:
        return _told(sandbox)

    @router.delete("/{subscription_id}", status_code=204)
    async def unsubscribe(_: App, subscription_id: int) -> None:
        if webhooks.subscription is None or webhooks.subscription.id != subscription_id:
            refuse(NO_SUCH_SUBSCRIPTION)
        webhooks.subscription = None

    return router


def _told(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [_row(sandbox, subscription) for subscription in (sandbox.webhooks.subscription,) if subscription]


def _row(sandbox: Sandbox, subscription: Subscription) -> dict[str, Any]:
    created_at = subscription.created_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "id": subscription.id,
        "resource_state": 2,
        "application_id": int(sandbox.client_id),
        "callback_url": subscription.callback_url,
        "created_at": created_at,
        "updated_at": created_at,
    }
