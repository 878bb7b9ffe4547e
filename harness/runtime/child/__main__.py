"""How does the chosen interpreter enter this folder? By path, with -I: `serve FD FD` or `once`."""

import importlib.util
import os
import sys


def _load_package():
    """Name this folder `child` without touching sys.path, which the action will see."""
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

        serve(int(sys.argv[2]), int(sys.argv[3]))
    else:
        from child.once import once

        once()
