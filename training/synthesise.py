"""Makes extra training pictures: `python3 training/synthesise.py slices|outliers|thin --corpus DIR --images DIR --out DIR`."""
from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from medley_training.synthesise.drawing import Album

PARTS = ("slices", "outliers", "thin")


def main() -> None:
    """Adds the named parts to the folder and its manifest.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS), help="slices, outliers, thin (default: all)")
    parser.add_argument("--corpus", type=Path, required=True, help="folder with one folder per suite of test files")
    parser.add_argument("--images", type=Path, help="folder of collected training images, one folder per source")
    parser.add_argument("--out", type=Path, required=True, help="where images/ and manifest.csv go")
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    for part in options.parts:
        album = Album(options.out)
        module = import_module(f"medley_training.synthesise.{part}")
        module.make(album, options.corpus, options.images, options.seed)
        album.write()
        print(part, len(album.rows))


if __name__ == "__main__":
    main()
