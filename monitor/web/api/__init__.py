"""The API for other programs: `/api/v1`, its description at `/api/v1/openapi.json`.

app.py puts it together. guard.py lets in who shows a token, as often as it may; scope.py says what its holder sees.
told.py and given.py are what is answered and taken, as other programs rely on it; reading.py and writing.py the routes.
No cookie counts here, so that no other site can act in a browser's name. Nothing is added up or judged anew: the same
verdicts, findings and words as on the pages.
"""
