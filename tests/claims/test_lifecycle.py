from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.claims.lifecycle import ClaimState, EventKind, next_state

S, E = ClaimState, EventKind
ANSWERS = (E.FILE_ACCEPTED, E.FILE_REJECTED, E.CLAIM_ACCEPTED, E.CLAIM_REJECTED)
# How far a sent claim has come; an answer may lift it and never lower it.
FAR = {S.BATCHED: 0, S.SENT: 1, S.FILE_ACCEPTED: 2, S.ACCEPTED: 3, S.REJECTED: 4}
TELL_ONLY = (E.PRICED, E.SUSPENDED, E.UNDERPAID, E.PATIENT_PAID, E.STATEMENT, E.NOTE)
BEGIN_ANEW = (E.CORRECTED, E.NEXT_PAYER)


def after(state: ClaimState | None, *events: EventKind) -> ClaimState | None:
    for event in events:
        state = next_state(state, event)
    return state


@given(st.sampled_from(list(FAR)), st.lists(st.sampled_from(ANSWERS), max_size=8))
def test_answers_in_any_order_and_number_never_move_a_claim_backwards(state, answers):
    for answer in answers:
        follows = next_state(state, answer)
        assert FAR[follows] >= FAR[state]
        state = follows


@given(st.sampled_from([S.BATCHED, S.SENT]), st.lists(st.sampled_from(ANSWERS), max_size=5), st.randoms())
def test_the_order_in_which_answers_arrive_decides_nothing(state, answers, random):
    shuffled = random.sample(answers, len(answers))
    assert after(state, *answers) == after(state, *shuffled) == after(state, *answers, *answers)


@pytest.mark.parametrize("state", [s for s in ClaimState if s not in FAR])
@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_changes_nothing_of_a_claim_that_is_not_on_its_way(state, answer):
    assert next_state(state, answer) is state


def test_a_payer_may_still_reject_what_the_clearinghouse_accepted():
    assert after(S.SENT, E.FILE_ACCEPTED, E.CLAIM_ACCEPTED, E.CLAIM_REJECTED) is S.REJECTED


def test_a_rejection_stays_until_the_claim_is_corrected():
    assert after(S.SENT, E.CLAIM_REJECTED, E.CLAIM_ACCEPTED, E.FILE_ACCEPTED) is S.REJECTED
    again = (E.CORRECTED, E.SCRUBBED_CLEAN, E.BATCHED, E.SENT, E.CLAIM_ACCEPTED)
    assert after(S.REJECTED, *again) is S.ACCEPTED


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ((E.CREATED,), S.DRAFT),
        ((E.CREATED, E.SCRUBBED_HELD), S.HELD),
        ((E.CREATED, E.SCRUBBED_HELD, E.OVERRIDDEN), S.READY),
        ((E.CREATED, E.SCRUBBED_CLEAN, E.BATCHED, E.SENT), S.SENT),
        ((E.IMPORTED,), S.SENT),
        ((E.CREATED, E.IMPORTED), S.SENT),
        ((E.IMPORTED, E.FILE_ACCEPTED), S.FILE_ACCEPTED),
        ((E.IMPORTED, E.FILE_REJECTED), S.REJECTED),
        ((E.IMPORTED, E.PAID), S.PAID),
        ((E.IMPORTED, E.PARTLY_DENIED), S.PARTLY_DENIED),
        ((E.IMPORTED, E.DENIED), S.DENIED),
        ((E.IMPORTED, E.PAID, E.REVERSED), S.REVERSED),
        ((E.IMPORTED, E.PAID, E.REVERSED, E.DENIED), S.DENIED),
        ((E.IMPORTED, E.PAID, E.TO_PATIENT), S.PATIENT),
        ((E.IMPORTED, E.PAID, E.TO_PATIENT, E.CLOSED), S.CLOSED),
        ((E.IMPORTED, E.PAID, E.NEXT_PAYER), S.DRAFT),
        ((E.IMPORTED, E.CLOSED, E.PAID), S.PAID),
        ((E.IMPORTED, E.VOIDED), S.VOIDED),
        # A file is known as sent only after its acknowledgement was read.
        ((E.CREATED, E.SCRUBBED_CLEAN, E.BATCHED, E.FILE_ACCEPTED, E.SENT), S.FILE_ACCEPTED),
    ],
)
def test_the_ways_of_a_claim(events, state):
    assert after(None, *events) is state


@pytest.mark.parametrize("event", EventKind)
def test_every_event_leads_somewhere_from_every_state(event):
    assert isinstance(next_state(None, event), ClaimState)
    moved = {state: next_state(state, event) for state in ClaimState}
    if event in TELL_ONLY or event is E.CREATED:
        assert all(state is follows for state, follows in moved.items())
    else:
        assert any(state is not follows for state, follows in moved.items())


@pytest.mark.parametrize("state", ClaimState)
def test_every_state_is_reached(state):
    reached = {next_state(before, event) for before in (None, *ClaimState) for event in EventKind}
    assert state in reached


BEFORE_SENDING = {S.DRAFT, S.HELD, S.READY}


@pytest.mark.parametrize(
    ("event", "only_from"),
    [
        (E.SCRUBBED_CLEAN, BEFORE_SENDING),
        (E.SCRUBBED_HELD, BEFORE_SENDING),
        (E.OVERRIDDEN, {S.HELD}),
        (E.BATCHED, {S.READY}),
        (E.SENT, {S.BATCHED}),
        (E.IMPORTED, {S.DRAFT}),
        (E.CREATED, {S.DRAFT}),
    ],
)
def test_what_belongs_before_sending_does_not_bring_a_claim_back(event, only_from):
    for state in set(ClaimState) - only_from:
        assert next_state(state, event) is state


def test_only_a_correction_or_the_next_payer_begins_the_way_anew():
    for state, event in itertools.product(set(ClaimState) - BEFORE_SENDING, EventKind):
        if next_state(state, event) in BEFORE_SENDING:
            assert event in BEGIN_ANEW
