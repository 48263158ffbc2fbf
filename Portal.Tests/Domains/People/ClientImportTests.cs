using System.Text;
using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public class ClientImportTests
{
    private const string Three = "name,owner_name,owner_email,phone,website,tax_id,currency,zone,line1,line2,city,region,postal_code,country,note\r\n" +
        "\"Marula, Jewellers\",Rudo Chikafu,rudo@marula.example,'+263 77 123,marula.example,10/1,zar,Africa/Harare,12 Main,Floor 2,Harare,Mash,0001,zw,\"Says \"\"hello\"\"\r\nand more\"\r\n" +
        "Baobab,,,,,,,,,,,,,,\r\n" +
        "Kopje,,owner@kopje.example,,,,,,,,,,,,\r\n";

    [Fact]
    public async Task Rows_become_active_clients_with_all_that_was_known_of_them()
    {
        await using var agency = await ClientsHouse.NewAsync();
        await agency.House.AddAsync(new Agency { CurrencyCode = "KES", ZoneId = "Africa/Nairobi" });

        var report = await agency.ImportAsync(Three);

        Assert.Equal((3, 0, 0, false), (report.New, report.Skipped, report.Wrong, report.IsDryRun));
        await using var db = agency.House.Open();
        var clients = await db.Clients.OrderBy(c => c.Id).ToListAsync(Ct);
        Assert.All(clients, c => Assert.Equal(ClientStatus.Active, c.Status));
        var marula = clients[0];
        Assert.Equal(("Marula, Jewellers", "+263 77 123", "https://marula.example", "10/1", "ZAR", "Africa/Harare", "Says \"hello\"\r\nand more"),
            (marula.Name, marula.Phone, marula.Website, marula.TaxId, marula.CurrencyCode, marula.ZoneId, marula.AgencyNote));
        Assert.Equal(("12 Main", "Floor 2", "Harare", "Mash", "0001", "ZW"), marula.BillingAddress is var a ? (a.Line1, a.Line2, a.City, a.Region, a.PostalCode, a.Country) : default);
        Assert.Equal(("KES", "Africa/Nairobi"), (clients[1].CurrencyCode, clients[1].ZoneId));
        Assert.Equal(["client_opened", "client_opened", "client_opened", "clients_imported"], await agency.EventsAsync());
        Assert.Empty(await db.Deliveries.ToListAsync(Ct));
        Assert.All(await db.Invitations.ToListAsync(Ct), i => Assert.False(i.IsOpen(agency.House.Clock.Now())));
    }

    [Fact]
    public async Task Owners_are_invited_when_it_is_wished()
    {
        await using var agency = await ClientsHouse.NewAsync();

        await agency.ImportAsync(Three, invite: true);

        await using var db = agency.House.Open();
        Assert.Equal(["owner@kopje.example", "rudo@marula.example"], await db.Deliveries.Where(d => d.IsSecret).Select(d => d.Recipient).Order().ToListAsync(Ct));
        Assert.Equal(2, (await agency.EventsAsync()).Count(e => e == "member_invited"));
        Assert.All(await db.Invitations.ToListAsync(Ct), i => Assert.True(i.IsOpen(agency.House.Clock.Now())));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Importing_again_changes_nothing(bool invite)
    {
        await using var agency = await ClientsHouse.NewAsync();
        await agency.ImportAsync(Three, invite);
        var events = await agency.EventsAsync();

        var again = await agency.ImportAsync(Three, invite: true);

        Assert.Equal((0, 3, 0), (again.New, again.Skipped, again.Wrong));
        Assert.Equal(events, await agency.EventsAsync());
    }

    [Fact]
    public async Task A_row_is_skipped_when_its_name_or_its_owners_address_is_here_already_or_earlier_in_the_file()
    {
        await using var agency = await ClientsHouse.NewAsync();
        await agency.ActiveAsync("Café");
        var known = await agency.House.PersonAsync(Role.Client);

        var report = await agency.ImportAsync($"Name;Owner E-Mail\ncafe;\nNew;{known.Name.ToUpperInvariant()}\nFirst;a@b.example\nfirst;\nSecond;A@b.example\n");

        Assert.Equal(
            [(2, ImportVerdict.Skipped, "name"), (3, ImportVerdict.Skipped, "owner_email"), (4, ImportVerdict.New, null), (5, ImportVerdict.Skipped, "name"), (6, ImportVerdict.Skipped, "owner_email")],
            report.Lines.Select(l => (l.Row, l.Verdict, l.Field)));
    }

    [Theory]
    [InlineData("name,owner_email\nA,nobody", "owner_email")]
    [InlineData("name,owner_email\nA,a b@c.example", "owner_email")]
    [InlineData("name,currency\nA,CRD", "currency")]
    [InlineData("name,zone\nA,Harare", "zone")]
    [InlineData("name,country\nA,Zimbabwe", "country")]
    [InlineData("name,website\nA,javascript://x.y/%0aalert(1)", "website")]
    [InlineData("phone,name\n123,", "name")]
    public async Task A_wrong_row_says_its_field_and_leaves_no_half_client(string csv, string field)
    {
        await using var agency = await ClientsHouse.NewAsync();

        var report = await agency.ImportAsync(csv + "\n" + (csv.StartsWith("phone", StringComparison.Ordinal) ? ",Good" : "Good,"));

        var wrong = Assert.Single(report.Lines, l => l.Verdict is ImportVerdict.Wrong);
        Assert.Equal((2, field), (wrong.Row, wrong.Field));
        Assert.NotEmpty(wrong.Reason!);
        Assert.Equal("Good", Assert.Single((await agency.Clients.ListAsync(agency.Admin, new(), Ct)).Items).Name);
    }

    [Fact]
    public async Task A_wrong_row_does_not_stand_in_the_way_of_a_right_one()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var csv = "name,currency\nMarula,XXX\nMarula,USD\n";

        var preview = await agency.Import.PreviewAsync(agency.Admin, Encoding.UTF8.GetBytes(csv), Ct);

        Assert.Equal([ImportVerdict.Wrong, ImportVerdict.New], preview.Lines.Select(l => l.Verdict));
        Assert.Equal(preview.Lines, (await agency.ImportAsync(csv)).Lines);
    }

    [Fact]
    public async Task The_preview_says_what_the_import_then_does_and_does_nothing_itself()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var file = Encoding.UTF8.GetBytes("name,currency\n" + string.Concat(Enumerable.Range(0, 250).Select(i => $"Client {i % 200},{(i % 7 == 0 ? "no" : "USD")}\n")));

        var preview = await agency.Import.PreviewAsync(agency.Admin, file, Ct);
        Assert.Empty(await agency.EventsAsync());
        var steps = new List<(int, int)>();
        var report = await agency.Import.RunAsync(agency.Admin, file, invite: false, (done, of) => steps.Add((done, of)), Ct);

        Assert.Equal(preview.Lines, report.Lines);
        Assert.Equal([(100, 250), (200, 250), (250, 250)], steps);
        Assert.Equal(report.New, (await agency.Clients.CountsAsync(agency.Admin, Ct)).All);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("title,phone\nA,1", "No column is called name")]
    [InlineData("name,Name\nA,B", "Two columns")]
    [InlineData("name\n\"A", "not closed")]
    public async Task A_file_that_is_no_list_of_clients_is_refused_whole(string csv, string says)
    {
        await using var agency = await ClientsHouse.NewAsync();

        var refusal = await Assert.ThrowsAsync<Invalid>(() => agency.ImportAsync(csv));

        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["file"], refusal.Errors.Keys);
    }

    [Fact]
    public async Task Five_thousand_rows_are_taken_and_one_more_is_refused()
    {
        await using var agency = await ClientsHouse.NewAsync();
        string Rows(int count) => "name\n" + string.Concat(Enumerable.Range(1, count).Select(i => $"Client {i}\n"));

        await Assert.ThrowsAsync<Invalid>(() => agency.ImportAsync(Rows(5_001)));
        Assert.Equal(0, (await agency.Clients.CountsAsync(agency.Admin, Ct)).All);
        await Assert.ThrowsAsync<Invalid>(() => agency.Import.PreviewAsync(agency.Admin, new byte[ClientImport.LargestFile + 1], Ct));

        Assert.Equal(5_000, (await agency.ImportAsync(Rows(5_000))).New);
    }

    [Fact]
    public async Task The_refused_rows_come_back_as_they_came_with_the_reason_and_can_be_mended_and_brought_again()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var file = Encoding.UTF8.GetBytes("name,colour,phone,currency\nGood,red,+263,USD\nBad,blue,+264,XXX\n");
        var report = await agency.Import.RunAsync(agency.Admin, file, invite: false, ct: Ct);
        using var refused = new MemoryStream();

        await ClientImport.Refused(file, report).WriteCsvAsync(refused, Ct);

        var rows = SheetReader.Read(SheetReader.Decode(refused.ToArray())).ToList();
        Assert.Equal(["name", "colour", "phone", "currency", "Reason"], rows[0].Cells);
        Assert.Equal("Bad", Assert.Single(rows.Skip(1)).Cells[0]);
        var mended = await agency.Import.RunAsync(agency.Admin, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(refused.ToArray()).Replace("XXX", "USD", StringComparison.Ordinal)), invite: false, ct: Ct);
        Assert.Equal(1, mended.New);
        await using var db = agency.House.Open();
        Assert.Equal("+264", (await db.Clients.SingleAsync(c => c.Name == "Bad", Ct)).Phone);
    }

    [Fact]
    public async Task The_template_is_a_file_that_can_be_imported()
    {
        await using var agency = await ClientsHouse.NewAsync();
        using var template = new MemoryStream();
        await ClientImport.Template(agency.Admin).WriteCsvAsync(template, Ct);

        Assert.Equal(1, (await agency.Import.RunAsync(agency.Admin, template.ToArray(), invite: false, ct: Ct)).New);
    }

    [Fact]
    public async Task Two_imports_of_the_same_file_at_once_bring_each_client_once()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var csv = "name\n" + string.Concat(Enumerable.Range(1, 300).Select(i => $"Client {i}\n"));

        var reports = await Task.WhenAll(agency.ImportAsync(csv), agency.ImportAsync(csv));

        Assert.Equal(300, reports.Sum(r => r.New));
        Assert.Equal(300, (await agency.Clients.CountsAsync(agency.Admin, Ct)).All);
    }
}
