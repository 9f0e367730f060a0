# Why a web address could not be fetched, one sentence a kind, with the remedy. `place` is the address as it was given.
fetch-redirected = { $address } (which leads on to another address)
fetch-bad-address = { $place }: this is no web address; write it in full, such as https://example.org/page.
fetch-scheme = { $place }: addresses with `{ $found }:` are not fetched; http: and https: are.
fetch-credentials = { $place }: it holds a name or a password, which would be shown wherever the source is cited; give it without.
fetch-port = { $place }: it names the port { $found }, and only 80 and 443 are asked; the host of this program can allow others in fetch.allow.
fetch-literal = { $place }: it has a number where the name of the site should be; give the name.
fetch-private = { $place }: it lies in a private network, and such are not fetched; the host of this program can allow it by name and port in fetch.allow.
fetch-unknown-host = { $place }: no site of this name can be found; look whether it is written rightly.
fetch-unreachable = { $place }: the site does not answer, or not over a connection that can be trusted; look whether it opens in a browser, and try again later.
fetch-redirects = { $place }: it leads from one address to the next without end; open it in a browser and give the address it ends at.
fetch-downgrade = { $place }: it leads from https on to http, where anybody on the way could alter it; give an address that stays with https.
fetch-robots = { $place }: the site asks programs not to fetch this (robots.txt); if you may use it, download it and add it as a file.
fetch-robots-unread = { $place }: the site's robots.txt cannot be read just now, so it is not known whether programs may fetch this; try again later.
fetch-gone = { $place }: there is nothing at this address (any more); look whether it is written rightly or has moved.
fetch-forbidden = { $place }: the site does not show this to everyone (status { $found }); if you may use it, download it and add it as a file.
fetch-status = { $place }: the site answers with status { $found } in place of the page; try again later.
fetch-content-type = { $place }: what is there is of the type { $found }, which cannot be read; web pages, texts, Markdown, PDF, DOCX, EPUB, JSON Lines and ZIP can.
fetch-no-content-type = { $place }: neither the server nor the name says what kind of file it is; download it and add it as a file.
fetch-encoding = { $place }: the server sends it packed in a way that was not asked for ({ $found }); download it and add it as a file.
fetch-too-large = { $place }: what is there has more than { $found } bytes; give a part of it, or raise fetch.max_bytes in the configuration.
fetch-too-slow =
    { $found_form ->
        [one] { $place }: the answer did not come whole within one second; try again later, or download it and add it as a file.
       *[other] { $place }: the answer did not come whole within { $found } seconds; try again later, or download it and add it as a file.
    }
fetch-cut-off = { $place }: the answer broke off before its end; try again later.

# At the terminal.
progress-fetching = fetching { $address }
progress-refreshing = asking again for { $id }
source-fresh = Unchanged: { $id } is as it is at its address.
source-not-fetched = { $id } was not fetched from a web address. To have it from one: sanad source add --id { $id } https://…
source-kept = { $id } stays as it is.
