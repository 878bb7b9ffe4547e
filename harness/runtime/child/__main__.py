"""How does the chosen interpreter enter this folder? By path, with -I: `serve FD FD ...`, `work FD` or `once`."""

import os
import sys

if sys.version_info < (3, 9):  # noqa: UP036 - whatever is named as interpreter comes here
    sys.exit("I am Python %d.%d" % sys.version_info[:2])
if not sys.flags.isolated:  # which would also ignore the seed of hashes
    del sys.path[0]


def _load_package():
    """Name this folder `child` without touching sys.path, which the action will see."""
    import importlib.util

    here = os.path.dirname(os.path.abspath(__file__))
    spec = importlib.util.spec_from_file_location(
        "child", os.path.join(here, "__init__.py"), submodule_search_locations=[here]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["child"] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    _load_package()
    if sys.argv[1] == "serve":
        from child.serve import serve

        serve(*(int(fd) for fd in sys.argv[2:]))
    elif sys.argv[1] == "work":
        from child.workers import serve_workers

        serve_workers(int(sys.argv[2]))
    else:
        from child.once import once

        once()
