"""Plan files: one YAML per pretend payer, read strictly."""

from __future__ import annotations

from pathlib import Path

from cleanclaim.claims.parties import Address
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.fields import Fields, read_fields
from cleanclaim.payersim.acceptance import LACKING
from cleanclaim.payersim.plan import (
    DenialRule,
    Member,
    Plan,
    Plans,
    Product,
    Refusal,
    Requirement,
    ScriptedTakeBack,
    ShareRule,
)

_GROUPS = ("CO", "PR", "OA", "PI")
_CLAIM_KINDS = ("professional", "outpatient", "inpatient")


def load_plans(folder: Path) -> Plans:
    """Every ``*.yaml`` of a folder, by payer id.

    Raises:
        InputError: no file there, a field missing, unknown or wrong, or two files for one payer.
    """
    plans: dict[str, Plan] = {}
    for path in sorted(Path(folder).glob("*.yaml")):
        plan = load_plan(path)
        if plan.payer_id in plans:
            raise InputError(
                f"the payer {plan.payer_id} has a plan already",
                where=path.name,
                fix="keep one file per payer",
            )
        plans[plan.payer_id] = plan
    if not plans:
        raise InputError("no plan files", where=str(folder), fix="put one YAML file per payer there")
    return plans


def load_plan(path: Path) -> Plan:
    """Read one plan file. Raises InputError as `load_plans` does."""
    fields = read_fields(path)
    products = {name: _product(name, each) for name, each in fields.named_sections("products").items()}
    crossover = fields.section("crossover") if "crossover" in fields else Fields({}, path.name)
    plan = Plan(
        payer_id=fields.text("payer"),
        name=fields.text("name"),
        tax_id=fields.text("tax_id"),
        filing_indicator=fields.text("filing_indicator"),
        address=_address(fields.section("address")),
        phone=fields.text("phone"),
        hospital_filing_indicator=fields.text("hospital_filing_indicator", ""),
        members={
            number: _member(number, each, products)
            for number, each in fields.named_sections("members", required=True).items()
        },
        fees=fields.price_table("fees", {}),
        hospital_fees=fields.price_table("hospital_fees", {}),
        unlisted=_unlisted(fields.section("unlisted"))
        if "unlisted" in fields
        else Refusal("CO", "96", ("N130",)),
        stay_rates=fields.price_table("stay_rates", {}),
        drg_of_diagnosis=_words(fields, "drg_of_diagnosis"),
        not_covered_then=_refusal_section(fields, "not_covered_then", Refusal("CO", "27", ("N30",))),
        denials=tuple(_denial(each) for each in fields.sections("denials")),
        requirements=tuple(_requirement(each) for each in fields.sections("requirements")),
        authorizations=fields.texts("authorizations"),
        takes_over=fields.texts("takes_over"),
        sequestration_basis_points=fields.basis_points("sequestration_percent", 0),
        filing_days=fields.number("filing_days", None),
        accepts_with=fields.choice("accepts_with", ("A1", "A2"), "A2"),
        crossover_payer_id=crossover.text("payer", ""),
        crossover_payer_name=crossover.text("name", ""),
        take_backs=tuple(_take_back(each) for each in fields.sections("take_backs")),
    )
    fields.done()
    crossover.done()
    return plan


def _address(fields: Fields) -> Address:
    address = Address(
        line1=fields.text("line1"),
        city=fields.text("city"),
        state=fields.text("state"),
        zip_code=fields.text("zip_code"),
        line2=fields.text("line2", ""),
    )
    fields.done()
    return address


def _words(fields: Fields, key: str) -> dict[str, str]:
    table = fields.table(key, {})
    if not all(isinstance(value, str) for value in table.values()):
        raise InputError(f"{key} is not a table of texts", where=fields.where)
    return table


def _product(name: str, fields: Fields) -> Product:
    product = Product(
        name=name,
        rules=tuple(_share_rule(each) for each in fields.sections("shares")),
        coinsurance_basis_points=fields.basis_points("coinsurance_percent", 0),
        stay_deductible_cents=fields.cents("stay_deductible", None),
    )
    fields.done()
    return product


def _share_rule(fields: Fields) -> ShareRule:
    rule = ShareRule(
        kind=fields.text("kind"),
        codes=fields.codes("codes"),
        revenue_codes=fields.codes("revenue_codes"),
        copay_cents=fields.cents("copay", 0),
        coinsurance_basis_points=fields.basis_points("coinsurance_percent", 0),
        deductible=fields.flag("deductible"),
        whole_claim=fields.flag("whole_claim"),
    )
    fields.done()
    return rule


def _member(number: str, fields: Fields, products: dict[str, Product]) -> Member:
    name = fields.text("product")
    if name not in products:
        raise InputError(
            f"the product {name!r} is not in this plan",
            where=fields.where,
            fix=f"products here: {', '.join(sorted(products)) or 'none'}",
        )
    member = Member(
        member_id=number,
        product=products[name],
        coverage=fields.period(),
        deductible_remaining_cents=fields.cents("deductible_remaining", 0),
        limit_remaining_cents=fields.cents("limit_remaining", None),
    )
    fields.done()
    return member


def _unlisted(fields: Fields) -> int | Refusal:
    if "percent_of_charge" in fields:
        percent: int = fields.basis_points("percent_of_charge")
        fields.done()
        return percent
    return _refusal(fields)


def _refusal_section(fields: Fields, key: str, otherwise: Refusal) -> Refusal:
    if key in fields:
        return _refusal(fields.section(key))
    return otherwise


def _refusal(fields: Fields) -> Refusal:
    refusal = Refusal(fields.choice("group", _GROUPS), fields.text("carc"), fields.texts("rarc"))
    fields.done()
    return refusal


def _denial(fields: Fields) -> DenialRule:
    units_over = fields.number("units_over", None)
    if units_over == 0:
        raise InputError(
            "units_over is at least 1", where=fields.where, fix="leave it out to refuse every unit"
        )
    rule = DenialRule(
        name=fields.text("name"),
        refusal=_refusal(fields.section("deny")),
        period=fields.period(),
        codes=fields.codes("codes"),
        revenue_codes=fields.codes("revenue_codes"),
        claims=_kinds(fields),
        places=fields.texts("places"),
        modifiers=fields.texts("modifiers"),
        without_modifiers=fields.texts("without_modifiers"),
        diagnoses=fields.codes("diagnoses"),
        without_diagnoses=fields.codes("without_diagnoses"),
        with_codes=fields.codes("with_codes"),
        without_authorization=fields.flag("without_authorization"),
        units_over=units_over,
    )
    fields.done()
    return rule


def _kinds(fields: Fields) -> tuple[str, ...]:
    kinds = fields.texts("claims")
    for kind in kinds:
        if kind not in _CLAIM_KINDS:
            raise InputError(
                f"{kind!r} is no kind of claim", where=fields.where, fix=f"use {', '.join(_CLAIM_KINDS)}"
            )
    return kinds


def _requirement(fields: Fields) -> Requirement:
    requirement = Requirement(
        name=fields.text("name"),
        lacks=fields.choice("lacks", tuple(LACKING)),
        status=fields.text("status"),
        message=fields.text("message"),
        codes=fields.codes("codes"),
        entity=fields.text("entity", ""),
    )
    fields.done()
    return requirement


def _take_back(fields: Fields) -> ScriptedTakeBack:
    codes = fields.codes("codes")
    script = ScriptedTakeBack(fields.text("claim"), codes, _refusal(fields.section("deny")))
    fields.done()
    return script
