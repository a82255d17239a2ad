#!/usr/bin/env bash
# Fetches a file of the site as it stands: ask-site.sh NAME FILE, with its address in SITE_URL. It prints `there` or
# `absent`. Only a 404 says that something isn't there; whatever else is answered ends with a sentence, as nothing may be
# published over a site that can't be asked.
set -euo pipefail
code=$(curl --silent --max-time 60 --output "$2" --write-out '%{http_code}' "$SITE_URL$1") || code=000
again="If no site stands there yet, run this workflow by hand with “There is no site at this address yet”."
case "$code" in
  200) echo there; exit 0 ;;
  404) echo absent; exit 0 ;;
  000) said="$SITE_URL doesn’t answer: its name may not lead anywhere yet (DNS). $again" ;;
  3??) said="$SITE_URL leads elsewhere ($code): the Pages may be private, or at another address. $again" ;;
  *) said="The site answered $code. It stays as it is, and the next run tries again." ;;
esac
echo "::error::$said Nothing was published." >&2
exit 1
