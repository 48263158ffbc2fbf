using Portal.Core.Foundation;

namespace Portal.Components.Bench;

/// <summary>A made-up row: the same on every run, so that figures compare.</summary>
public sealed record BenchRow(
    int Number, string Project, string Owner, ClientStatus Status, string Priority, Money Amount, Money Credits, DateTime CreatedAt, DateOnly DueOn)
{
    private static readonly DateTime Start = new(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Owners = ["Tendai Moyo", "Farai Ncube", "Chipo Sibanda", "Anesu Banda"];
    private static readonly string[] Priorities = ["low", "medium", "high", "urgent"];

    public static BenchRow Of(int number) => new(
        number, $"Project {number:00}", Owners[number % 4], (ClientStatus)(number % 3), Priorities[number % 4],
        new Money((number * 7_919L) - 90_000, Currency.Usd), Money.Credits(number * 13L), Start.AddHours(number * 5), DateOnly.FromDateTime(Start).AddDays(number));
}
