namespace Portal.Core.Domains.People;

/// <summary>What the demo agency has been through, told in the order in which it happened. Nobody is written to about the past.</summary>
internal sealed class DemoStory(DateTime now)
{
    private readonly List<(DateTime At, Actor Who, DomainEvent What)> told = [];

    /// <summary>A working hour so many days ago, the same in every portal for the same number.</summary>
    public DateTime Ago(int days, int number = 0) => days == 0
        ? now.AddHours(-5)
        : now.Date.AddDays(-days).AddHours(6 + (number * 7 % 9)).AddMinutes(number * 23 % 60).AddSeconds(number * 41 % 60);

    public void Tell(DateTime at, PortalUser who, DomainEvent what) => told.Add((at, new(who.Id, who.FullName, who.Role, []), what));

    public void WriteDown(PortalDb db)
    {
        foreach (var (at, who, what) in told.Where(t => t.At < now).OrderBy(t => t.At))
        {
            var row = EventRow.Of(what, who, at);
            row.Done(at);
            db.Add(row);
        }
    }
}
