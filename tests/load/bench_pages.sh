# bench_pages.sh: what bench.sh measures of pages, memory and starting; sourced by it.
# shellcheck shell=bash disable=SC2154
# --- page_http -----------------------------------------------------------------------------------

# The fastest of six settings that were tried: worker processes, open files kept, whole packets.
start_nginx() {
    nginx_port=$(free_port)
    mkdir -p "$dir/www"
    curl -sf "http://127.0.0.1:$port/rounds/$slug" >"$dir/www/page.html" || fail "no page"
    cat >"$dir/nginx.conf" <<END
$([ "$(id -u)" != 0 ] || echo 'user root;')
daemon off;
pid $dir/nginx.pid;
error_log $dir/nginx.log;
worker_processes auto;
events { worker_connections 1024; }
http {
    access_log off;
    types { text/html html; }
    sendfile on;
    tcp_nopush on;
    open_file_cache max=10;
    keepalive_requests 100000000;
    client_body_temp_path $dir/nginx-body;
    proxy_temp_path $dir/nginx-proxy;
    fastcgi_temp_path $dir/nginx-fastcgi;
    uwsgi_temp_path $dir/nginx-uwsgi;
    scgi_temp_path $dir/nginx-scgi;
    server { listen 127.0.0.1:$nginx_port; root $dir/www; }
}
END
    nginx -c "$dir/nginx.conf" >>"$dir/nginx.log" 2>&1 </dev/null &
    nginx=$!
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        answers "$nginx_port" /page.html && return
        sleep 0.05
    done
    cat "$dir/nginx.log" >&2
    fail "nginx does not start"
}

# pages PORT PATH: pages a second, 64 connections; none may fail.
pages() {
    local log=$dir/wrk.log
    wrk -t1 -c64 -d"${seconds}s" "http://127.0.0.1:$1$2" >"$log" 2>&1 || fail "wrk failed"
    ! grep -qE 'Non-2xx|Socket errors' "$log" || { cat "$log" >&2; fail "wrk met errors"; }
    sed -n 's/^Requests\/sec: *\([0-9]*\).*/\1/p' "$log"
}

page_http() {
    local i
    start_nginx
    for ((i = 1; i <= rounds; i++)); do
        pages "$port" "/rounds/$slug" >"$dir/pages.log"
        note "page $(cat "$dir/pages.log") round $i"
        pages "$nginx_port" /page.html >"$dir/pages.log"
        note "nginx $(cat "$dir/pages.log") round $i, $(wc -c <"$dir/www/page.html") bytes"
    done
    stop_pid "$nginx"
    nginx=
    verdict page_http "$(column page | median)" "$(column nginx | median)" at_least 0.6
}

# --- server_rss, first_page ----------------------------------------------------------------------

server_rss() {
    verdict server_rss "$(awk '/^VmRSS:/ { printf "%.1f", $2 / 1024 }' "/proc/$server/status")" 64 \
        at_most 1
}

# Starts it five times; the least is what the program takes, the rest is what else this machine did.
first_page() {
    local i began
    for ((i = 1; i <= 5; i++)); do
        stop_pid "$server"
        began=${EPOCHREALTIME/./}
        "$build/bin/wardmote-server" --config "$dir/server.conf" >>"$dir/server.log" 2>&1 \
            </dev/null &
        server=$!
        until answers "$port" "/rounds/$slug"; do
            kill -0 "$server" 2>/dev/null || fail "the server does not start"
            [ $((${EPOCHREALTIME/./} - began)) -lt 10000000 ] || fail "no page for 10 s"
        done
        note "first $(((${EPOCHREALTIME/./} - began) / 1000)) start $i"
    done
    verdict first_page "$(column first | sort -n | head -n 1)" 200 at_most 1
}

