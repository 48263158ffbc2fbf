using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Portal.Core.Foundation;

/// <summary>Instants come back from the database as UTC, and go in only as UTC.</summary>
internal sealed class Utc() : ValueConverter<DateTime, DateTime>(
    value => value.Kind == DateTimeKind.Utc ? value : Refuse(value),
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc))
{
    private static DateTime Refuse(DateTime value) => throw new InvalidOperationException($"{value:O} is not UTC.");
}
