namespace Portal.Tests.Foundation;

public class SearchTests
{
    [Theory]
    [InlineData("AC", "acme@b.c", "ACRE@b.c", "ácido@b.c")]
    [InlineData("É", "Éclat@b.c", "east@b.c")]
    [InlineData("10%", "10%off@b.c")]
    [InlineData("a_", "a_b@b.c")]
    [InlineData("[a", "[ab]@b.c")]
    [InlineData("\U0001F600", "\U0001F600\U0001F600@b.c")]
    [InlineData("me@b.c")]
    public async Task A_word_is_found_by_how_it_begins_in_any_case_and_with_any_sign(string beginning, params string[] found)
    {
        await using var house = await TestDatabase.NewAsync();
        foreach (var address in new[] { "acme@b.c", "ACRE@b.c", "ácido@b.c", "Éclat@b.c", "east@b.c", "10%off@b.c", "100@b.c", "a_b@b.c", "aab@b.c", "[ab]@b.c", "\U0001F600\U0001F600@b.c", "zz@b.c" })
            await house.AddAsync(new Delivery { Key = address, Channel = "email", Recipient = address, Title = "t", Body = "b", CreatedAt = house.Clock.Now() });

        var desk = new DeliveryDesk(house.Database, new([]), house.Clock);
        var page = await desk.ListAsync(await house.PersonAsync(Role.Admin), new() { Q = beginning }, Ct);

        Assert.Equal(found.Order(StringComparer.Ordinal), page.Items.Select(d => d.Recipient).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_database_is_asked_for_what_its_indexes_find()
    {
        var sqlite = Asked(new SqliteProvider("Data Source=:memory:"), "10%");
        Assert.DoesNotContain("LIKE", sqlite, StringComparison.Ordinal);
        Assert.Contains("\"c\".\"SearchName\" >= @word AND \"c\".\"SearchName\" < @word || '\U0010FFFF'", sqlite, StringComparison.Ordinal);

        Assert.Contains("[c].[SearchName] LIKE @word_startswith ESCAPE", Asked(new SqlServerTap().Provider, "10%"), StringComparison.Ordinal);
    }

    private static string Asked(IProvider provider, string word)
    {
        using var db = new Database(provider, TimeProvider.System).Open(Actor.System("test"), Can.KeepHouse);
        return db.Clients.Where(c => Search.Begins(c.SearchName, word)).Select(c => c.Id).ToQueryString();
    }
}
