"""Where activities come from: the Strava API, its bulk export, recordings. `check` sees every row of each."""
