"""One machine: find or install the servers, start and watch every part, say what is wrong (`ringyard up`, `doctor`)."""
