"""What checks cannot say, because it crosses tables or compares a row with what it was.

A document's text and a machine's proposal never change; evidence is what stands in the text; a review
can only be added. Samples may be removed whole, reviews of them included: nothing real hangs on them.
"""

from __future__ import annotations

from alembic import op

revision = "2026_11_24_06_guards"
down_revision = "2026_11_24_05_people"

FUNCTIONS = {
    "keep_document_text": """
        begin
            raise exception 'The text of a document never changes: every offset hangs on it.'
                using errcode = 'integrity_constraint_violation';
        end
    """,
    "check_evidence": """
        declare
            whole text;
            part jsonb;
        begin
            select text into whole from document where id = new.document_id;
            if new.evidence is distinct from substr(whole, new.span_start + 1, new.span_end - new.span_start)
            then
                raise exception 'The evidence of statement % is not what stands at % to % of its document.',
                    new.id, new.span_start, new.span_end using errcode = 'check_violation';
            end if;
            for part in select * from jsonb_array_elements(new.source || new.cue || new.content) loop
                if not coalesce((part->>0)::int between 0 and (part->>1)::int - 1
                    and (part->>1)::int <= char_length(whole), false)
                then
                    raise exception 'The span % of statement % is not in its document.', part, new.id
                        using errcode = 'check_violation';
                end if;
            end loop;
            return new;
        end
    """,
    "keep_proposal": """
        begin
            raise exception 'What the machine proposed, from which document, never changes.'
                using errcode = 'integrity_constraint_violation';
        end
    """,
    "keep_review": """
        begin
            if tg_op = 'DELETE' and exists (
                select from statement join document on document.id = statement.document_id
                where statement.id = old.statement_id and document.sample
            ) then
                return old;
            end if;
            raise exception 'Reviews are only added; a new one undoes an old one.'
                using errcode = 'integrity_constraint_violation';
        end
    """,
}

TRIGGERS = {
    "keep_document_text": """before update of text, text_hash on document for each row
        when (old.text is distinct from new.text or old.text_hash is distinct from new.text_hash)""",
    "check_evidence": """before insert or
        update of document_id, evidence, span_start, span_end, source, cue, content
        on statement for each row""",
    "keep_proposal": """before update of original, document_id, known_since on statement for each row
        when (old.original is distinct from new.original or old.document_id <> new.document_id
            or old.known_since <> new.known_since)""",
    "keep_review": "before update or delete on review for each row",
    "keep_all_reviews": "before truncate on review for each statement",
}


def upgrade() -> None:
    for name, body in FUNCTIONS.items():
        op.execute(f"create function {name}() returns trigger language plpgsql as $${body}$$")
    for name, rule in TRIGGERS.items():
        function = "keep_review" if name == "keep_all_reviews" else name
        op.execute(f"create trigger {name} {rule} execute function {function}()")


def downgrade() -> None:
    for name, rule in TRIGGERS.items():
        table = next(t for t in ("document", "statement", "review") if f"on {t} " in " ".join(rule.split()))
        op.execute(f"drop trigger {name} on {table}")
    for name in FUNCTIONS:
        op.execute(f"drop function {name}()")
