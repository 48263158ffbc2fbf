using System.Buffers.Text;

namespace Portal.Tests.Foundation;

public class SecretBoxTests
{
    [Fact]
    public async Task What_was_sealed_opens_for_its_purpose_and_no_other()
    {
        await using var house = await TestDatabase.NewAsync();
        var made = house.Box.Seal("sk_live_123", "stripe");
        Assert.Equal("sk_live_123", house.Box.Open(made, "stripe"));
        Assert.DoesNotContain("sk_live", made, StringComparison.Ordinal);
        Assert.NotEqual(made, house.Box.Seal("sk_live_123", "stripe"));
        Assert.Throws<InvalidOperationException>(() => house.Box.Open(made, "paypal"));
    }

    [Fact]
    public async Task Every_changed_bit_shows()
    {
        await using var house = await TestDatabase.NewAsync();
        var parts = house.Box.Seal("sk_live_123", "stripe").Split('.');
        var bytes = Base64Url.DecodeFromChars(parts[2]);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InvalidOperationException>(() => house.Box.Open($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(changed)}", "stripe"));
        }
    }

    [Fact]
    public async Task A_fingerprint_is_the_same_for_the_same_secret_on_every_host_and_after_every_key_but_in_no_other_database()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var other = await TestDatabase.NewAsync();
        await using var beside = house.Beside();
        var print = house.Box.Fingerprint("sk_live_123");
        Assert.Equal(16, print.Length);
        Assert.NotEqual(print, house.Box.Fingerprint("sk_live_124"));
        Assert.NotEqual(print, other.Box.Fingerprint("sk_live_123"));
        house.Clock.Forward(SecretKeys.Lifetime);
        Assert.True(await house.Keys.RotateAsync(Ct));
        Assert.Equal((print, print), (house.Box.Fingerprint("sk_live_123"), beside.Box.Fingerprint("sk_live_123")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1.1.")]
    [InlineData("v1.99.AAAA")]
    [InlineData("v2.1.AAAA")]
    [InlineData("v1.1.A!")]
    [InlineData("plain text")]
    public async Task What_was_never_sealed_does_not_open(string text)
    {
        await using var house = await TestDatabase.NewAsync();
        Assert.Throws<InvalidOperationException>(() => house.Box.Open(text, "stripe"));
    }

    [Fact]
    public async Task A_key_that_has_served_its_time_is_followed_by_another_and_old_secrets_open_on_every_host()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var beside = house.Beside();
        var old = house.Box.Seal("secret", "test");
        Assert.Equal("secret", beside.Box.Open(old, "test"));

        Assert.False(await house.Keys.RotateAsync(Ct));

        house.Clock.Forward(SecretKeys.Lifetime);
        Assert.True(await house.Keys.RotateAsync(Ct));
        Assert.False(await house.Keys.RotateAsync(Ct));

        var made = house.Box.Seal("secret", "test");
        Assert.NotEqual(old.Split('.')[1], made.Split('.')[1]);
        Assert.Equal("secret", house.Box.Open(old, "test"));
        Assert.Equal("secret", beside.Box.Open(made, "test")); // a key it has not seen yet
    }

    [Fact]
    public async Task The_master_key_changes_by_way_of_the_earlier_one()
    {
        await using var house = await TestDatabase.NewAsync();
        var (made, next) = (house.Box.Seal("secret", "test"), MasterKey.New());

        var moving = Keys(house, new(next, house.MasterKey));
        await moving.PrepareAsync(Ct);
        Assert.Equal("secret", new SecretBox(moving).Open(made, "test"));

        var moved = Keys(house, new(next));
        await moved.PrepareAsync(Ct);
        Assert.Equal("secret", new SecretBox(moved).Open(made, "test"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Keys(house, new(house.MasterKey)).PrepareAsync(Ct));
    }

    [Fact]
    public async Task A_wrong_master_key_is_refused_at_start_in_words_that_help()
    {
        await using var house = await TestDatabase.NewAsync();
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Keys(house, new(MasterKey.New())).PrepareAsync(Ct));
        Assert.Contains("Portal:EarlierMasterKey", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new MasterKey("c2hvcnQ="));
        Assert.Throws<InvalidOperationException>(() => new MasterKey("not base64"));
    }

    [Fact]
    public async Task The_database_alone_holds_no_key_in_the_clear()
    {
        await using var house = await TestDatabase.NewAsync();
        var value = house.Keys.Newest(SecretKey.Box).Value;
        await using var db = house.Open();
        foreach (var row in await db.Set<SecretKey>().ToListAsync(Ct))
            Assert.True(row.Wrapped.AsSpan().IndexOf(value) < 0);
    }

    [Fact]
    public void A_development_key_is_made_once_and_for_its_owner_only()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "keys", "master.key");
        var made = MasterKey.ReadOrMake(file);
        Assert.Equal(made, MasterKey.ReadOrMake(file));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static SecretKeys Keys(TestDatabase house, MasterKey master) => new(house.Database, master, house.Clock);
}
