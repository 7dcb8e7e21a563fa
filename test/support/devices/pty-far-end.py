# The far end of a pseudo-terminal: what it reads on stdin arrives at the port, what the port sends goes to stdout.
# Arguments: the path under which the port is to be found. "up" on stderr says that it is there.
import os, select, sys, time, tty

path = sys.argv[1]
master, slave = os.openpty()
tty.setraw(slave)
if os.path.lexists(path):
    os.unlink(path)
os.symlink(os.ttyname(slave), path)
sys.stderr.write("up\n")
sys.stderr.flush()
while True:
    ready, _, _ = select.select([0, master], [], [])
    if master in ready:
        os.write(1, os.read(master, 65536))
    if 0 in ready:
        data = os.read(0, 4096)
        if not data:
            break
        while data:
            data = data[os.write(master, data):]
