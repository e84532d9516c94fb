"""An nginx of one's own on loopback, in a folder of its own, that logs nothing."""
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time

CONFIGURATION = '''
{user}
worker_processes 1;
pid nginx.pid;
daemon off;
error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  types {{ text/html html; application/xml xml; text/plain txt; }}
  sendfile on;
  keepalive_requests 1000000;
  open_file_cache max=4000;
  client_body_temp_path temp;
  proxy_temp_path temp;
  fastcgi_temp_path temp;
  uwsgi_temp_path temp;
  scgi_temp_path temp;
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
'''
PATIENCE_SECONDS = 10


@contextlib.contextmanager
def nginx(folder, root):
    """Serves the files below `root`; yields the origin."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    port = free_port()
    user = 'user root;' if os.geteuid() == 0 else ''
    (folder / 'nginx.conf').write_text(CONFIGURATION.format(user=user, port=port, root=root))
    program = shutil.which('nginx', path=os.environ['PATH'] + ':/usr/sbin')
    process = subprocess.Popen([program, '-p', folder, '-c', 'nginx.conf', '-e', 'stderr'])
    try:
        wait_for(process, port)
        yield f'http://127.0.0.1:{port}'
    finally:
        process.terminate()
        process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for(process, port):
    for _ in range(PATIENCE_SECONDS * 20):
        with contextlib.suppress(OSError), socket.create_connection(('127.0.0.1', port), timeout=1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    sys.exit('bench: nginx does not come up')
