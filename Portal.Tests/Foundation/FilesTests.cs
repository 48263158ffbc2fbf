using System.Text;

namespace Portal.Tests.Foundation;

public class FilesTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
    private static readonly FileRules Pictures = new(1000, FileKind.Png, FileKind.Jpeg);

    [Fact]
    public async Task A_file_is_kept_under_a_name_of_its_own_and_comes_back_as_it_was()
    {
        using var folder = new TempFolder();
        var (desk, store) = Desk(folder);

        var file = await desk.TakeAsync("Logo.PNG", new MemoryStream(Png), Pictures, 7, Ct);

        Assert.Equal(("Logo.PNG", "image/png", 11, 7), (file.Name, file.ContentType, file.Size, file.ClientId));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Png), file.Sha256);
        Assert.DoesNotContain("Logo", Assert.Single(folder.Files()), StringComparison.Ordinal);
        await using (var back = store.Open(file.StoreKey)!)
            Assert.Equal(Png, await ReadAsync(back));
        desk.Discard(file);
        Assert.Null(store.Open(file.StoreKey));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_and_leaves_nothing()
    {
        using var folder = new TempFolder();
        var large = Png.Concat(new byte[990]).ToArray();
        var refusal = await Assert.ThrowsAsync<Invalid>(() => Desk(folder).Desk.TakeAsync("a.png", new MemoryStream(large), Pictures, null, Ct));
        Assert.Equal(["file"], refusal.Errors.Keys);
        Assert.Empty(folder.Files());
        Assert.Equal(1000, (await Desk(folder).Desk.TakeAsync("a.png", new MemoryStream(large[..1000]), Pictures, null, Ct)).Size);
    }

    [Theory]
    [InlineData("a.png", "<script>")] // not what it says
    [InlineData("a.txt", "hello")] // not what is wanted here
    [InlineData("a.jpg", "\u0089PNG")]
    [InlineData("a.exe", "MZ")]
    [InlineData("png", "x")]
    [InlineData("a.png", "")]
    public async Task A_file_that_is_not_what_is_wanted_is_refused_and_leaves_nothing(string name, string content)
    {
        using var folder = new TempFolder();
        await Assert.ThrowsAsync<Invalid>(() => Desk(folder).Desk.TakeAsync(name, new MemoryStream(Encoding.Latin1.GetBytes(content)), Pictures, null, Ct));
        Assert.Empty(folder.Files());
    }

    [Theory]
    [InlineData("../../etc/logo.png", "logo.png")]
    [InlineData("C:\\fakepath\\logo.png", "logo.png")]
    [InlineData("lo\r\ngo.png", "logo.png")]
    [InlineData(" logo.png ", "logo.png")]
    public async Task Of_a_path_in_the_name_only_the_last_part_is_shown(string given, string shown)
    {
        using var folder = new TempFolder();
        Assert.Equal(shown, (await Desk(folder).Desk.TakeAsync(given, new MemoryStream(Png), Pictures, null, Ct)).Name);
        Assert.All(folder.Files(), f => Assert.StartsWith(Path.Combine(folder.Path, "files"), f, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/")]
    public async Task A_name_of_nothing_is_refused(string name)
    {
        using var folder = new TempFolder();
        await Assert.ThrowsAsync<Invalid>(() => Desk(folder).Desk.TakeAsync(name, new MemoryStream(Png), Pictures, null, Ct));
        await Assert.ThrowsAsync<Invalid>(() => Desk(folder).Desk.TakeAsync(new string('a', 252) + ".png", new MemoryStream(Png), Pictures, null, Ct));
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("ab/../../../secret")]
    [InlineData("ABCDEF0123456789")]
    [InlineData("abc")]
    [InlineData("")]
    public void A_key_that_the_portal_did_not_make_reaches_no_file(string key)
    {
        using var folder = new TempFolder();
        var store = Desk(folder).Store;
        Assert.Throws<ArgumentException>(() => store.Open(key));
        Assert.Throws<ArgumentException>(() => store.Delete(key));
    }

    [Fact]
    public async Task A_visitor_who_breaks_off_leaves_nothing()
    {
        using var folder = new TempFolder();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Desk(folder).Desk.TakeAsync("a.png", new MemoryStream(Png), Pictures, null, gone.Token));
        Assert.Empty(folder.Files());
    }

    private static (FileDesk Desk, DiskStore Store) Desk(TempFolder folder)
    {
        var store = new DiskStore(new() { DataPath = folder.Path });
        return (new(store, new TestClock()), store);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Ct);
        return copy.ToArray();
    }
}
