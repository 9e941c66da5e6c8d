"""Every job by name, with its queue. Few queues: each costs threads and polls."""

DIAL, DEFAULT, BULK = "dial", "default", "bulk"

JOBS = {
    "dial": DIAL,
    "enrol": DEFAULT,
    "enrol_base": DEFAULT,
    "keep_recording": DEFAULT,
    "run_import": BULK,
    "sweep": DEFAULT,
    "undo_import": BULK,
    "write_texts": BULK,
}
