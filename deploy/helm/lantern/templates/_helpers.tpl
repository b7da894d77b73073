{{- define "lantern.labels" -}}
app.kubernetes.io/name: lantern
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "lantern.data.conf" -}}
# The server of the data, Redis 7.0 or later or Valkey. What Lantern's start would refuse otherwise
# (docs/decisions/0011-two-servers.md) stands first; where it listens is said beside this file, by who starts it.
appendonly yes
appendfsync always
no-appendfsync-on-rewrite no
maxmemory-policy noeviction
slowlog-log-slower-than -1
aclfile /etc/lantern/redis/users.acl

# Below what the machine has: a full server refuses turns and still erases; one that the system kills does neither.
maxmemory {{ int .Values.data.maxmemoryMi }}mb
# No snapshots: the log of writes is enough, and what was erased is not in an older file.
save ""
rdbcompression no
aof-load-truncated yes
latency-monitor-threshold 0
protected-mode yes
{{- end }}
{{- define "lantern.vault.conf" -}}
# The server of the keys. Nothing backs up its files, and no replica or snapshot holds what was destroyed.
appendonly yes
appendfsync always
no-appendfsync-on-rewrite no
maxmemory-policy noeviction
slowlog-log-slower-than -1
save ""
aclfile /etc/lantern/redis/users.acl

maxmemory {{ int .Values.vault.maxmemoryMi }}mb
rdbcompression no
aof-load-truncated yes
latency-monitor-threshold 0
protected-mode yes
{{- end }}
