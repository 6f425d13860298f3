"""Statements that are written once in the life of a process, and given other values each time.

Django writes the SQL of a queryset anew each time it is asked, which takes it several times as long as a database takes to find
a row by its key. What every post and every page of somebody signed in asks is written once instead; the queryset still says what is
asked, and the rule in it stays where it was. PostgreSQL is let to keep its plan too.

A queryset that holds no value of its own can be prepared: what differs between two askings is a `Parameter`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet, Value
from django.db.models.constants import OnConflict
from django.db.models.query import ModelIterable, get_related_populators
from django.db.transaction import TransactionManagementError, mark_for_rollback_on_error

from networks.cursors import cursor, rows_of


class Parameter(Expression):
    """A value that is named when the statement is asked; its field says how it is written for the database."""

    def __init__(self, name: str, output_field: Field | None = None) -> None:
        super().__init__(output_field=output_field or Field())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """A mark in the statement, and this in the place of its value."""
        return "%s", [self]

    def value_in(self, values: dict[str, Any], database: BaseDatabaseWrapper) -> Any:
        """The value of this time, as the database takes it; raises KeyError where it is not named."""
        return self.output_field.get_db_prep_value(values[self.name], database)


class PreparedQuery:
    """A query of which Django writes the SQL once; `build` returns the queryset, whose changing values are Parameters.

    Answers with what the queryset would: instances with what it selects beside them, or the tuples of `values_list`.
    """

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self._build = build

    @cached_property
    def _written(self) -> "_Written":
        return _Written(self._build())

    def all(self, **values: Any) -> list[Any]:
        """Every row that these values of the parameters find."""
        return self._written.ask(values)

    def first(self, **values: Any) -> Any:
        """The first of the rows, None where there is none."""
        return next(iter(self.all(**values)), None)

    def get(self, **values: Any) -> Any:
        """The first of the rows; raises the model's DoesNotExist where there is none."""
        found = self.first(**values)
        if found is None:
            model = self._written.model
            raise model.DoesNotExist(f"{model._meta.object_name} matching query does not exist.")
        return found


class _Written:
    """A queryset as SQL, and how its rows become what was asked for."""

    def __init__(self, queryset: QuerySet) -> None:
        self.compiler = queryset.query.get_compiler(using=connection.alias)
        self.sql, self.parameters = self.compiler.as_sql()
        self.compiler.connection = connection  # each thread's own, and not that of the thread which happened to be the first
        self.converters = self.compiler.get_converters([selected[0] for selected in self.compiler.select])
        self.gives_instances = queryset._iterable_class is ModelIterable  # noqa: SLF001 (`values_list` sets it, nothing else tells)
        self.model = queryset.model
        self.locks = queryset.query.select_for_update and connection.features.has_select_for_update

    def ask(self, values: dict[str, Any]) -> list[Any]:
        database = connections[DEFAULT_DB_ALIAS]
        if self.locks and not database.in_atomic_block:
            raise TransactionManagementError("A row is locked until its transaction ends: there is none.")
        given = [part.value_in(values, database) if isinstance(part, Parameter) else part for part in self.parameters]
        rows = rows_of(self.sql, given)
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        return [self._instance(row) for row in rows] if self.gives_instances else [tuple(row) for row in rows]

    def _instance(self, row: Sequence[Any]) -> Model:
        """What `QuerySet` makes of a row."""
        start, end, names, model, populators = self._shape
        instance = model.from_db(connection.alias, names, row[start:end])
        for populator in populators:
            populator.populate(row, instance)
        for name, place in self.compiler.annotation_col_map.items():
            setattr(instance, name, row[place])
        return instance

    @cached_property
    def _shape(self) -> tuple[int, int, list[str], type[Model], list[Any]]:
        information = self.compiler.klass_info
        start, end = information["select_fields"][0], information["select_fields"][-1] + 1
        names = [selected[0].target.attname for selected in self.compiler.select[start:end]]
        populators = get_related_populators(information, self.compiler.select, connection.alias)
        return start, end, names, information["model"], populators


@dataclass(frozen=True)
class PreparedInsert:
    """The INSERT of a row into the one table of a model, without the signals and look-ups that `save` surrounds it with.

    Where the row is there already: an error, nothing with `ignores_conflicts`, or `updates` of its columns where it is the
    same in the columns `unique`.
    """

    model: type[Model]
    ignores_conflicts: bool = False
    unique: Collection[str] = ()
    updates: Collection[str] = ()
    _written: dict[bool, str] = field(default_factory=dict, repr=False, compare=False)

    def one(self, instance: Model) -> None:
        """Write the row of an instance that has none yet, and give it the key that the database chose."""
        own = self.model._meta.pk
        chosen_there = own in self._fields and getattr(instance, own.attname) is None
        with mark_for_rollback_on_error(), cursor() as asked:
            asked.execute(self._sql(chosen_there), self._row(instance, without=own if chosen_there else None))
            if chosen_there and (returned := asked.fetchone()):
                setattr(instance, own.attname, returned[0])
        _note_that_it_stands(instance)

    def all(self, instances: Sequence[Model]) -> None:
        """Write the rows of instances that have their keys."""
        rows = [self._row(instance) for instance in instances]
        with mark_for_rollback_on_error(), cursor() as asked:
            if len(rows) == 1:
                asked.execute(self._sql(False), rows[0])
            else:
                asked.executemany(self._sql(False), rows)
        for instance in instances:
            _note_that_it_stands(instance)

    @property
    def _fields(self) -> list[Any]:
        return self.model._meta.local_concrete_fields

    def _row(self, instance: Model, *, without: Any = None) -> list[Any]:
        database = connections[DEFAULT_DB_ALIAS]
        return [column.get_db_prep_save(column.pre_save(instance, add=True), database) for column in self._fields if column is not without]

    def _sql(self, chosen_there: bool) -> str:
        if chosen_there not in self._written:
            self._written[chosen_there] = self._write(chosen_there)
        return self._written[chosen_there]

    def _write(self, chosen_there: bool) -> str:
        """As `QuerySet.bulk_create` writes it."""
        operations, meta = connection.ops, self.model._meta
        fields = [column for column in self._fields if not (chosen_there and column is meta.pk)]
        columns = ", ".join(operations.quote_name(column.column) for column in fields)
        conflict = OnConflict.IGNORE if self.ignores_conflicts else OnConflict.UPDATE if self.updates else None
        parts = [
            f"{operations.insert_statement(on_conflict=conflict)} {operations.quote_name(meta.db_table)} ({columns})",
            f"VALUES ({', '.join(['%s'] * len(fields))})",
            operations.on_conflict_suffix_sql(fields, conflict, self._columns(self.updates), self._columns(self.unique)),
            operations.return_insert_columns([meta.pk])[0] if chosen_there else "",
        ]
        return " ".join(filter(None, parts))

    def _columns(self, names: Collection[str]) -> list[str]:
        return [self.model._meta.get_field(name).column for name in names]


class PreparedUpdate:
    """The UPDATE of some columns of one row, found by its key, without the signals of `save`."""

    def __init__(self, model: type[Model], columns: Collection[str]) -> None:
        self._table = model._meta.db_table
        self._key = model._meta.pk
        self._columns = [model._meta.get_field(name) for name in columns]

    @cached_property
    def _sql(self) -> str:
        quote = connection.ops.quote_name
        changes = ", ".join(f"{quote(column.column)} = %s" for column in self._columns)
        return f"UPDATE {quote(self._table)} SET {changes} WHERE {quote(self._key.column)} = %s"  # noqa: S608 (names of our own models)

    def one(self, instance: Model) -> None:
        """Write the columns as the instance holds them."""
        database, fields = connections[DEFAULT_DB_ALIAS], [*self._columns, self._key]
        with mark_for_rollback_on_error(), cursor() as asked:
            asked.execute(self._sql, [column.get_db_prep_save(getattr(instance, column.attname), database) for column in fields])


def insert_from(rows: QuerySet, model: type[Model], **columns: Any) -> None:
    """Write a row of a model for each that a query finds, in one statement however many there are, but for those that are there already.

    `columns` are values or expressions about the query's rows; any other column takes its default.
    """
    fields = [column for column in model._meta.local_concrete_fields if not column.primary_key]
    told = [columns.get(column.attname, column.get_default()) for column in fields]
    values = [
        value if hasattr(value, "resolve_expression") else Value(value, output_field=column)
        for column, value in zip(fields, told, strict=True)
    ]
    try:
        select, parameters = rows.order_by().values_list(*values).query.sql_with_params()
    except EmptyResultSet:
        return
    operations = connection.ops
    into = f"{operations.quote_name(model._meta.db_table)} ({', '.join(operations.quote_name(column.column) for column in fields)})"
    begins, ends = operations.insert_statement(OnConflict.IGNORE), operations.on_conflict_suffix_sql(fields, OnConflict.IGNORE, [], [])
    with connection.cursor() as asked:
        asked.execute(f"{begins} {into} {select} {ends}", parameters)


def _note_that_it_stands(instance: Model) -> None:
    """As Django does after an INSERT of its own."""
    instance._state.adding = False  # noqa: SLF001
    instance._state.db = connection.alias  # noqa: SLF001
