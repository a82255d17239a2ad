#!/usr/bin/env bash
# Keeps one open issue of a title: one-issue.sh TITLE FILE opens it with the file's text, or writes it anew; where the
# file is empty, it closes the issue. A comment, which people are told of, is written only when something new is in it:
# lines of time and of a run's address don't count. The text is cut to what an issue can hold. Anybody can open an issue
# of that title: only what the workflows opened is theirs, and no person's login has a slash in it.
# It leaves `news=true` or `news=false` for the steps after it. Where issues are switched off it says so, and is content.
set -euo pipefail
title=$1 file=$2
news() { echo "news=$1" >> "${GITHUB_OUTPUT:-/dev/null}"; }
if [ "$(gh repo view ${GH_REPO:+"$GH_REPO"} --json hasIssuesEnabled --jq .hasIssuesEnabled)" = false ]; then
  echo "::warning::Issues are switched off in this repository, so nobody is told: $title"
  news "$([ -s "$file" ] && echo true || echo false)"
  exit 0
fi
number=$(gh issue list --state open --limit 1000 --search "in:title \"$title\"" --json number,title,author \
  --jq "map(select(.title == \"$title\" and .author.login == \"app/github-actions\"))[0].number // empty")
if [ ! -s "$file" ]; then
  if [ -n "$number" ]; then gh issue close "$number" --comment "The last run found nothing more."; fi
  news false
  exit 0
fi
head -c 60000 "$file" > "$file.cut"
if [ -z "$number" ]; then
  gh issue create --title "$title" --body-file "$file.cut"
  news true
  exit 0
fi
lasting() { tr -d '\r' | { grep -v -e '^As of ' -e '/actions/runs/' -e '^$' || true; }; }
gh issue view "$number" --json body --jq .body | lasting > "$file.before"
lasting < "$file.cut" > "$file.now"
gh issue edit "$number" --body-file "$file.cut"
if cmp --silent "$file.before" "$file.now"; then
  news false
else
  { echo "This has changed:"; echo; cat "$file.now"; } > "$file.comment"
  gh issue comment "$number" --body-file "$file.comment"
  news true
fi
