# Runs one redis-server and obeys the words on its standard input: start, kill, freeze, thaw, end.
# When the input ends, the server is killed whatever state it is in.
# $1: the working directory, removed at the end; $2...: the command line of the server.
# Answers each word with one line: the process id of the server, or an empty line.
trap '' HUP INT TERM
directory=$1
shift
cd "$directory" || exit 1
: >>redis.conf
case $("$1" --version) in
*v=[2-6].*) ;;
*) set -- "$@" --enable-debug-command local ;;
esac
server=
stop() {
	[ -n "$server" ] || return
	kill -9 "$server"
	wait "$server"
	server=
}
while read -r word; do
	case $word in
	start) "$@" </dev/null >&2 & server=$! ;;
	kill) stop ;;
	freeze) kill -STOP "$server" ;;
	thaw) kill -CONT "$server" ;;
	end) break ;;
	esac
	echo "$server"
done
stop
cd / && rm -rf "$directory"
