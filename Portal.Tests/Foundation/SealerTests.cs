namespace Portal.Tests.Foundation;

public class SealerTests
{
    [Fact]
    public async Task A_sealed_chain_verifies_and_says_what_waits()
    {
        await using var house = await TestDatabase.NewAsync();
        await HappenAsync(house, 5);
        Assert.Equal(new(0, 5, house.Clock.Now(), house.Clock.Now(), null), await Sealer(house).VerifyAsync(Ct));

        Assert.True(await Sealer(house).HasWorkAsync(Ct));
        Assert.Equal(5, await Sealer(house).RunAsync(Ct));
        Assert.False(await Sealer(house).HasWorkAsync(Ct));
        await HappenAsync(house, 2);
        Assert.Equal(2, await Sealer(house).RunAsync(Ct));

        Assert.Equal(new(7, 0, null, house.Clock.Now(), null), await Sealer(house).VerifyAsync(Ct));
    }

    [Theory]
    [InlineData("UPDATE Events SET ActorName = 'Someone else' WHERE Id = 3", "not what was sealed")]
    [InlineData("UPDATE Events SET Data = replace(Data, 'email', 'sms') WHERE Id = 3", "not what was sealed")]
    [InlineData("UPDATE Events SET ActorRole = 'Admin' WHERE Id = 3", "not what was sealed")]
    [InlineData("UPDATE Events SET At = '2020-01-01 00:00:00' WHERE Id = 3", "not what was sealed")]
    [InlineData("UPDATE Events SET ClientId = 1 WHERE Id = 3", "not what was sealed")]
    [InlineData("DELETE FROM Events WHERE Id = 3", "missing")]
    [InlineData("DELETE FROM Events WHERE Id = 1", "missing")]
    [InlineData("DELETE FROM Events WHERE Id >= 4", "head says 5")]
    [InlineData("DELETE FROM Events", "head says 5")]
    [InlineData("DELETE FROM Events WHERE Id >= 4; UPDATE ChainHeads SET Number = 3", "head of the chain was changed")]
    [InlineData("DELETE FROM ChainHeads", "head of the chain is missing")]
    [InlineData("UPDATE Events SET ActorSearch = 'zzz' WHERE Id = 3", "not what was sealed")]
    [InlineData("UPDATE Events SET SealNo = 6 WHERE Id = 5; UPDATE Events SET SealNo = 5 WHERE Id = 4; UPDATE Events SET SealNo = 4 WHERE Id = 5", "not what was sealed|missing")]
    [InlineData("""
        UPDATE Events SET SealNo = 6 WHERE Id = 5;
        INSERT INTO Events (At, Type, SubjectKind, SubjectId, ActorId, ActorName, ActorSearch, Data, Tries, SealNo, Seal)
        SELECT At, Type, SubjectKind, SubjectId, ActorId, 'Forged', ActorSearch, Data, 0, 5, Seal FROM Events WHERE Id = 5
        """, "not what was sealed")]
    public async Task Whatever_is_done_to_a_sealed_chain_shows(string sql, string trouble)
    {
        await using var house = await TestDatabase.NewAsync();
        await HappenAsync(house, 5);
        await Sealer(house).RunAsync(Ct);
        await using (var db = house.Open())
            await db.Database.ExecuteSqlRawAsync(sql, Ct);

        Assert.Matches(trouble, (await Sealer(house).VerifyAsync(Ct)).Trouble ?? "nothing");
    }

    [Theory]
    [InlineData("DELETE FROM Events WHERE Id >= 4")]
    [InlineData("DELETE FROM Events WHERE Id >= 4; DELETE FROM ChainHeads")]
    [InlineData("UPDATE Events SET SealNo = NULL, Seal = NULL; DELETE FROM ChainHeads; UPDATE Events SET ActorName = 'Forged' WHERE Id = 3")]
    [InlineData("UPDATE Events SET SealNo = NULL, Seal = NULL; DELETE FROM Events WHERE Id = 4")]
    public async Task What_was_broken_is_never_sealed_over(string sql)
    {
        await using var house = await TestDatabase.NewAsync();
        await HappenAsync(house, 5);
        await Sealer(house).RunAsync(Ct);
        await using (var db = house.Open())
            await db.Database.ExecuteSqlRawAsync(sql, Ct);
        await HappenAsync(house, 2);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Sealer(house).RunAsync(Ct));

        Assert.NotNull((await Sealer(house).VerifyAsync(Ct)).Trouble);
    }

    [Fact]
    public async Task Two_hosts_that_seal_at_once_make_one_chain()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var beside = house.Beside();
        await HappenAsync(house, 40);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            try
            {
                await Sealer(i % 2 == 0 ? house : beside).RunAsync(Ct);
            }
            catch (Conflict)
            {
                // The other was first.
            }
        }));
        await Sealer(house).RunAsync(Ct);
        Assert.Equal((40, 0, null), await Sealer(beside).VerifyAsync(Ct) is var report ? (report.Sealed, report.Unsealed, report.Trouble) : default);
    }

    [Fact]
    public async Task Being_dispatched_later_does_not_break_the_seal()
    {
        await using var house = await TestDatabase.NewAsync();
        await HappenAsync(house, 3);
        await Sealer(house).RunAsync(Ct);
        await using (var db = house.Open())
        {
            foreach (var row in await db.Events.ToListAsync(Ct))
                row.Done(house.Clock.Now());
            await db.SaveChangesAsync(Ct);
        }

        Assert.Null((await Sealer(house).VerifyAsync(Ct)).Trouble);
    }

    private static Sealer Sealer(TestDatabase house) => new(house.Database, house.Lane, house.Keys, house.Clock);

    private static async Task HappenAsync(TestDatabase house, int times)
    {
        await using var db = house.Open();
        for (var i = 0; i < times; i++)
            db.Record(new DeliverySentAgain(i, null, "email", "a@b.c"));
        await db.SaveChangesAsync(Ct);
    }
}
