namespace Portal.Core.Domains.People;

/// <summary>
/// Brings the agency's existing clients in from a file. Rows that are here already are skipped, so an import that broke off is simply
/// done again.
/// </summary>
public sealed class ClientImport(Database database, Lane lane, OwnerInvitations invitations, TimeProvider time)
{
    private const int AtOnce = 100;

    public const int LargestFile = ClientSheet.LargestFile;

    public static IReadOnlyList<string> Columns => ClientSheet.Columns;

    /// <summary>A file with the columns it can have, and one client that shows how they are filled.</summary>
    public static Sheet Template(Actor actor) => !actor.May(Can.ManageClients) ? throw new Forbidden(Can.ManageClients) : new("Clients", ClientSheet.Columns, new object?[][]
    {
        ["Marula Jewellers", "Rudo Chikafu", "rudo@marula.example", "+263 77 123 4567", "https://marula.example", "1000123456", "USD", "Africa/Harare", "12 Samora Machel Avenue", "", "Harare", "", "", "ZW", "Came from the old system"],
    }.ToAsyncEnumerable());

    /// <summary>Says row by row what an import would do.</summary>
    public async Task<ImportReport> PreviewAsync(Actor actor, byte[] file, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageClients);
        var (_, rows) = ClientSheet.Read(file);
        var (lines, seen) = (new List<ImportLine>(), new Seen());
        foreach (var chunk in rows.Chunk(AtOnce))
            lines.AddRange(await JudgeAsync(db, chunk, seen, ct));
        return ImportReport.Of(isDryRun: true, lines);
    }

    /// <param name="actor">Who imports.</param>
    /// <param name="file">As for the preview.</param>
    /// <param name="invite">Whether the owners hear now; otherwise their invitations wait to be sent.</param>
    /// <param name="progress">Hears how many rows are done, of how many.</param>
    /// <param name="ct">Stops between two parts; what is in stays.</param>
    public async Task<ImportReport> RunAsync(Actor actor, byte[] file, bool invite, Action<int, int>? progress = null, CancellationToken ct = default)
    {
        if (!actor.May(Can.ManageClients))
            throw new Forbidden(Can.ManageClients);
        var (_, rows) = ClientSheet.Read(file);
        var (lines, seen) = (new List<ImportLine>(), new Seen());
        foreach (var chunk in rows.Chunk(AtOnce))
        {
            ct.ThrowIfCancellationRequested();
            var done = await lane.RunAsync(actor, Can.ManageClients, db => AddAsync(db, actor, chunk, seen.Copy(), invite, ct), ct);
            seen.Add(chunk.Where((_, i) => done[i].Verdict is ImportVerdict.New));
            lines.AddRange(done);
            progress?.Invoke(lines.Count, rows.Count);
        }

        var report = ImportReport.Of(isDryRun: false, lines);
        if (report.New > 0)
            await lane.RunAsync(actor, Can.ManageClients, db => Recorded(db, report), ct);
        return report;
    }

    /// <summary>The rows that were not taken, as they came and with the reason, to be mended and brought again.</summary>
    public static Sheet Refused(byte[] file, ImportReport report)
    {
        var (header, rows) = ClientSheet.Read(file);
        var why = report.Lines.Where(l => l.Verdict is not ImportVerdict.New).ToDictionary(l => l.Row);
        return new("Not imported", [.. header, "Reason"], rows.Where(r => why.ContainsKey(r.Row.Number))
            .Select(r => (object?[])[.. header.Select((_, i) => r.Row.Cells.ElementAtOrDefault(i)), Why(why[r.Row.Number])]).ToAsyncEnumerable());

        static string Why(ImportLine line) => line.Field is null ? line.Reason! : $"{line.Field}: {line.Reason}";
    }

    private async Task<List<ImportLine>> AddAsync(PortalDb db, Actor actor, ClientSheetRow[] rows, Seen seen, bool invite, CancellationToken ct)
    {
        var agency = await db.Agency.AsNoTracking().SingleOrDefaultAsync(ct) ?? new Agency();
        var lines = await JudgeAsync(db, rows, seen, ct);
        var opened = rows.Where((_, i) => lines[i].Verdict is ImportVerdict.New).Select(r => (r.Client, Opened: r.Client.Open(agency, time.Now()))).ToList();
        db.AddRange(opened.Select(o => o.Opened));
        await db.SaveChangesAsync(ct); // The invitations and the events name them.
        foreach (var (row, client) in opened)
        {
            db.Record(new ClientOpened(client.Id, client.Name));
            if (row.OwnerEmail.Length > 0)
                await invitations.AddAsync(db, client, row.OwnerName, row.OwnerEmail, actor, send: invite, ct);
        }

        return lines;
    }

    private static Task Recorded(PortalDb db, ImportReport report)
    {
        db.Record(new ClientsImported(report.New, report.Skipped));
        return Task.CompletedTask;
    }

    private static async Task<List<ImportLine>> JudgeAsync(PortalDb db, ClientSheetRow[] rows, Seen seen, CancellationToken ct)
    {
        var names = rows.Select(r => r.SearchName).ToList();
        seen.Names.UnionWith(await Registrations.SettledClients(db).Where(c => names.Contains(c.SearchName)).Select(c => c.SearchName).ToListAsync(ct));
        seen.Addresses.UnionWith(await OwnerInvitations.KnownAsync(db, [.. rows.Select(r => r.Address).Where(a => a.Length > 0)], ct));
        return [.. rows.Select(row => Judge(row, seen))];
    }

    private static ImportLine Judge(ClientSheetRow row, Seen seen)
    {
        var line = new ImportLine(row.Row.Number, row.Client.Name, row.Client.OwnerEmail, ImportVerdict.New);
        if (Input.Errors(row.Client).FirstOrDefault() is { Key: { } field, Value: var messages })
            return line with { Verdict = ImportVerdict.Wrong, Field = field, Reason = messages[0] };
        if (seen.Names.Contains(row.SearchName))
            return line with { Verdict = ImportVerdict.Skipped, Field = "name", Reason = "There is a client of this name already." };
        if (seen.Addresses.Contains(row.Address))
            return line with { Verdict = ImportVerdict.Skipped, Field = "owner_email", Reason = "Someone with this address is here already, or was invited." };
        seen.Add([row]);
        return line;
    }

    /// <summary>Names and addresses that are taken, by the portal or by an earlier row.</summary>
    private sealed class Seen
    {
        public HashSet<string> Names { get; private init; } = [];

        public HashSet<string> Addresses { get; private init; } = [];

        // A unit of work may run twice, and its own rows are not in its way.
        public Seen Copy() => new() { Names = [.. Names], Addresses = [.. Addresses] };

        public void Add(IEnumerable<ClientSheetRow> rows)
        {
            foreach (var row in rows)
            {
                Names.Add(row.SearchName);
                if (row.Address.Length > 0)
                    Addresses.Add(row.Address);
            }
        }
    }
}
