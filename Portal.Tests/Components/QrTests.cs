using System.Security.Cryptography;
using System.Text;
using Portal.Components.Ui;

namespace Portal.Tests.Components;

public class QrTests
{
    [Fact]
    public void A_short_text_is_drawn_as_the_standard_says() => Assert.Equal(
        """
        #######.##.#..#######
        #.....#..##.#.#.....#
        #.###.#..####.#.###.#
        #.###.#.#..#..#.###.#
        #.###.#.#...#.#.###.#
        #.....#.#.##..#.....#
        #######.#.#.#.#######
        ........#####........
        #...#.######.#####..#
        ...###..#.###..#.####
        #.##..#.#.##..###..#.
        ###..#...#...##.#....
        ..#.###..#..###...##.
        ........###.###..#.##
        #######.##..##...#.#.
        #.....#....##..#...#.
        #.###.#.#..#..###.#.#
        #.###.#....##....#.##
        #.###.#..###..####...
        #.....#..#...##......
        #######.#...#####.#.#
        """.ReplaceLineEndings("\n"), Drawn(QrCode.Of("HELLO")));

    // What another encoder (QRCoder 1.8.1) draws for texts of these lengths: one for each version, all blocks and masks among them.
    [Theory]
    [InlineData(14, 21, "69cf94ee61fe40be")]
    [InlineData(26, 25, "271f21c471f378aa")]
    [InlineData(42, 29, "148e112492a07c9c")]
    [InlineData(62, 33, "a5589d921cdbc4cc")]
    [InlineData(84, 37, "2766184f296a3cce")]
    [InlineData(106, 41, "f33131a2f4327e12")]
    [InlineData(122, 45, "10c4241c152f7c81")]
    [InlineData(152, 49, "d20dd325bfe7e9d3")]
    [InlineData(180, 53, "f6436cd9822c6ce4")]
    [InlineData(213, 57, "741e8d1053cf8fc9")]
    [InlineData(251, 61, "d92c2675b56460dc")]
    [InlineData(287, 65, "45d98d2db2b1b3d6")]
    [InlineData(330, 69, "953f87291a676952")]
    public void A_text_of_every_size_is_drawn_as_another_encoder_draws_it(int length, int size, string sha256)
    {
        var code = QrCode.Of(string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (((i * 7) + length) % 26)))));
        Assert.Equal(size, code.Size);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Drawn(code)))[..8]));
    }

    [Fact]
    public void What_is_too_long_for_a_phone_to_read_is_refused() => Assert.Throws<ArgumentException>(() => QrCode.Of(new string('x', 400)));

    private static string Drawn(QrCode code) =>
        string.Join('\n', Enumerable.Range(0, code.Size).Select(y => string.Concat(Enumerable.Range(0, code.Size).Select(x => code[x, y] ? '#' : '.'))));
}
