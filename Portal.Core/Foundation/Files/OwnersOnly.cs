namespace Portal.Core.Foundation;

/// <summary>
/// What the portal keeps is everyone's personal data: what it makes on the disk is for the account it runs as, whatever that account's
/// umask would allow. What is there already keeps the rights it has.
/// </summary>
internal static class OwnersOnly
{
    private const UnixFileMode ReadAndWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static DirectoryInfo Folder(string path) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, ReadAndWrite | UnixFileMode.UserExecute);

    public static FileStream File(string path, FileMode mode = FileMode.CreateNew, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = ReadAndWrite;
        return new(path, options);
    }
}
