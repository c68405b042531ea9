"""Gives a jar another version: rename.py JAR VERSION.

The entry is replaced in the directory at the jar's end alone; the rest stays as it is, which takes no time.
"""

import sys
import zipfile

with zipfile.ZipFile(sys.argv[1], "a", zipfile.ZIP_DEFLATED) as jar:
    old = jar.getinfo("version.txt")
    jar.filelist.remove(old)
    del jar.NameToInfo["version.txt"]
    jar.writestr("version.txt", sys.argv[2] + "\n")
