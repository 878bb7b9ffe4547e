"""Never ends."""


def main(event):
    while True:
        pass
