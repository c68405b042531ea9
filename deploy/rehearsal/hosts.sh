#!/usr/bin/env bash
# Part of rehearsal.sh: the network, the world outside, and the hosts with what is done on each of them.
# shellcheck disable=SC2154 # the settings are those of rehearsal.sh

outside_world() {
  mkdir -p "$work/store/judgments"
  mkdir "$work/truth"
  touch "$work/alerts" "$work/fetched" "$work/witness.log"
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=rehearsal \
    -addext subjectAltName=DNS:h1.example,DNS:h2.example,DNS:h3.example,DNS:h4.example \
    -keyout "$work/fleet.key" -out "$work/fleet.pem" 2>/dev/null
  keytool -importcert -noprompt -alias fleet -file "$work/fleet.pem" \
    -keystore "$work/authorities.jks" -storetype JKS -storepass changeit 2>/dev/null
  python3 "$here/rehearsal/portal.py" "$documents" "$page_size" "$outside" "$work" >"$work/portal.log" 2>&1 &
  cat >"$work/store.properties" <<END
s3proxy.endpoint=http://$outside:9000
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=rehearsal
s3proxy.credential=rehearsal-secret
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$work/store
END
  java -Xmx256m -XX:TieredStopAtLevel=1 -cp "$work/desk/$name.jar" org.gaul.s3proxy.Main \
    --properties "$work/store.properties" >"$work/store.log" 2>&1 &
  await 'portal and store listen' listens 80
  await 'portal and store listen' listens 9000
}

# What is copied to each server: the jar, the next one, deploy/, jvm.options.
fill_desk() {
  cp -r "$here" "$work/desk/deploy"
  cp "$here/../jvm.options" "$work/desk/"
  mkdir "$work/desk/bin"
  cp "$here"/rehearsal/{systemctl,journalctl} "$work/desk/bin/"
  if [ ! -e "$work/desk/next.jar" ]; then
    cp "$work/desk/$name.jar" "$work/desk/next.jar"
    python3 "$here/rehearsal/rename.py" "$work/desk/next.jar" 0.0.0-next
  fi
}

# --- hosts

# A bridge that all hosts are plugged into; outside is this side of it.
make_network() {
  mount -t tmpfs tmpfs /run
  ip link set lo up
  ip link add switch type bridge
  ip addr add "$outside/24" dev switch
  ip link set switch up
  {
    echo "127.0.0.1 localhost"
    echo "$outside portal.example store.example desk.example"
    for host in 1 2 3 4; do echo "10.77.0.$host h$host.example"; done
  } >"$work/hosts"
  mount --bind "$work/hosts" /etc/hosts
}

boot() { # host
  local folder=$work/h$1 part pid
  mkdir -p "$folder"/{opt,tmp} "$folder"/var/{tmp,lib/nginx,log/nginx}
  [ -d "$folder/etc" ] || cp -a /etc "$folder/etc"
  cp "$work/hosts" "$folder/etc/hosts"
  unshare --net --mount --uts --pid --fork --kill-child --mount-proc \
    bash -c 'while :; do sleep infinity & wait; done' 2>/dev/null &
  pid=$!
  await "h$1 starts" started $pid
  first[$1]=$(child_of $pid)
  ip link add "port-h$1" type veth peer name eth0 netns "${first[$1]}"
  ip link set "port-h$1" master switch up
  in_host "$1" mount --bind "$work" /mnt # wherever that is, it may be covered in the next lines
  for part in etc opt var tmp; do in_host "$1" mount --bind "/mnt/h$1/$part" /$part; done
  in_host "$1" mount --bind /mnt/desk /root
  in_host "$1" umount /mnt
  in_host "$1" mount -t tmpfs tmpfs /run
  in_host "$1" mkdir -p /run/systemd/system
  in_host "$1" hostname "h$1"
  in_host "$1" ip link set lo up
  in_host "$1" ip addr add "10.77.0.$1/24" dev eth0
  in_host "$1" ip link set eth0 up
}

child_of() { # pid
  tr -d ' ' <"/proc/$1/task/$1/children"
}

started() { # pid of unshare, whose child becomes the host's first process
  [ "$(cat "/proc/$(child_of "$1")/comm" 2>/dev/null)" = bash ]
}

in_host() { # host, command
  local pid=${first[$1]}
  shift
  nsenter --target "$pid" --net --mount --uts --pid -- "$@"
}

# as root over SSH
on() { # host, command
  local host=$1
  shift
  in_host "$host" env -i -C /root PATH=/root/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@" </dev/null
}

harvester() { # host, command
  local host=$1
  shift
  on "$host" "/opt/$name/harvester" "$@"
}

# --- the steps of docs/operations.md

configure() { # host
  local etc=$work/h$1/etc
  sed -i "s|^portal.url=.*|portal.url=http://portal.example/judgments?page={page}|
    s|^#harvest.total-results=.*|harvest.total-results=$documents|
    s|^#harvest.page-size=.*|harvest.page-size=$page_size|
    s|^portal.rate=.*|portal.rate=1|
    s|^s3.bucket=.*|s3.bucket=judgments|
    s|^#fleet.peers=|fleet.peers=|
    s|^#api.allowed-hosts=|api.allowed-hosts=|" "$etc/$name/application.properties"
  cat >>"$etc/$name/application.properties" <<END
portal.total-selector=#total
portal.connect-timeout=3s
portal.response-timeout=5s
s3.endpoint=http://store.example:9000
alert.webhook-url=http://desk.example:8025/
alert.after=2s
END
  sed -i "s|^AWS_ACCESS_KEY_ID=.*|AWS_ACCESS_KEY_ID=rehearsal|
    s|^AWS_SECRET_ACCESS_KEY=.*|AWS_SECRET_ACCESS_KEY=rehearsal-secret|
    s|^API_KEY=.*|API_KEY=$key|" "$etc/$name/.env"
  install -m 644 "$work/authorities.jks" "$etc/$name/"
  # lives of seconds, by four on one machine: the second compiler would cost more than it saves
  echo "-Djavax.net.ssl.trustStore=/etc/$name/authorities.jks -XX:TieredStopAtLevel=1" >>"$etc/$name/jvm.options"
  rm -f "$etc"/nginx/{sites-enabled,modules-enabled,conf.d}/*
  sed "s|judgments.example;|h$1.example;|
    s|judgments.example.pem|fleet.pem|
    s|judgments.example.key|fleet.key|" "$here/nginx.conf" >"$etc/nginx/conf.d/$name.conf"
  install -m 644 "$work/fleet.pem" "$etc/ssl/certs/"
  install -m 600 "$work/fleet.key" "$etc/ssl/private/"
}

install_on() { # host
  on "$1" deploy/install.sh --instance "$1" --jar "$name.jar" >"$work/h$1-install.log" 2>&1 ||
    fail "h$1: install.sh: $(tail -n 1 "$work/h$1-install.log")"
  configure "$1"
  on "$1" nft -f deploy/nftables.conf
  on "$1" nginx
}

start_scripts() { # host
  harvester "$1" start --scripts 17 --delay 0 >/dev/null
}

# A new server from an image of the first, so that the archive of the classes is not made for each.
from_image() { # host
  mkdir -p "$work/h$1"
  cp -a "$work/h1/opt" "$work/h$1/"
  boot "$1"
}
