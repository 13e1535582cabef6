"""The limit of delivery: picows sends one payload to every socket, and does nothing else. `python -m ... PORT`."""

import asyncio
import sys

from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

from negotiator.bench.servers.payload import CONTROL, PAYLOAD

listening: list[WSTransport] = []


class Listener(WSListener):
    """A socket that only listens."""

    def on_ws_connected(self, transport: WSTransport) -> None:
        listening.append(transport)


class Control(WSListener):
    """The socket on which each frame asks for one broadcast."""

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        for one in listening:
            one.send(WSMsgType.TEXT, PAYLOAD)


def choose(request: WSUpgradeRequest) -> WSListener:
    return Control() if request.path.decode() == CONTROL else Listener()


async def serve(port: int) -> None:
    server = await ws_create_server(choose, "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
