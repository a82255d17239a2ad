#!/usr/bin/env bash
# Keeps one open issue of a title: one-issue.sh TITLE FILE opens it with the file's text, or writes it anew; where the
# file is empty, it closes the issue. The text is cut to what an issue can hold. Anybody can open an issue of that title:
# only what the workflows opened is theirs, and no person's login has a slash in it.
set -euo pipefail
title=$1 file=$2
number=$(gh issue list --state open --limit 1000 --search "in:title \"$title\"" --json number,title,author \
  --jq "map(select(.title == \"$title\" and .author.login == \"app/github-actions\"))[0].number // empty")
if [ ! -s "$file" ]; then
  if [ -n "$number" ]; then gh issue close "$number" --comment "The last run found nothing more."; fi
  exit 0
fi
head -c 60000 "$file" > "$file.cut"
if [ -n "$number" ]; then
  gh issue edit "$number" --body-file "$file.cut"
else
  gh issue create --title "$title" --body-file "$file.cut"
fi
