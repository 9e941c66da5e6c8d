"""Every job by name, with its queue. Few queues: each costs threads and polls."""

DIAL, DEFAULT, BULK = "dial", "default", "bulk"

JOBS = {
    "accept_junk": BULK,
    "call_again": DEFAULT,
    "dial": DIAL,
    "enrol": DEFAULT,
    "enrol_base": DEFAULT,
    "erase_person": DEFAULT,
    "import_do_not_call": BULK,
    "keep_recording": DEFAULT,
    "run_import": BULK,
    "run_operation": BULK,
    "survey_import": BULK,
    "sweep": DEFAULT,
    "undo_import": BULK,
    "undo_operation": BULK,
    "write_texts": BULK,
}
