"""Words of made-up Indonesian news: of every day, and names built of syllables, so that a large archive holds many."""

from __future__ import annotations

from random import Random

GIVEN = (
    "Adi Agung Aisyah Alam Amalia Andika Anggun Anisa Arga Ayu Bagas Bayu Bima Bunga Cahyo Candra Cindy Danang Dara "
    "Darma Dewi Dian Dimas Dinda Dwi Edwin Elok Endah Erwin Fadli Farhan Fitri Galang Gilang Guntur Hana Haris "
    "Hesti Ilham Indra Intan Irfan Jaka Joko Kania Kirana Krisna Kurnia Laksmi Larasati Lukman Made Maya Mega Mulya "
    "Nabila Nanda Niken Nur Nyoman Pandu Panji Prita Puji Putu Raka Rani Retno Rian Rizki Sakti Salma Sekar Setia "
    "Sinta Surya Tania Tari Teguh Tirta Tri Umi Utari Vera Wahyu Wening Widya Wira Yana Yuda Yuni Zahra Zaki"
).split()
ROOTS = (
    "acara ajak akar aliran anggaran angkut antar arah arus aset atur bahan bangun bantu banjir barang batas bayar "
    "beban beli benih berkas besar bibit biaya bincang bina bongkar buka bukti buruh cadang cagar cari catat cegah "
    "cepat cetak cipta cukup dagang dalam damai dana dapat daur debat dengar desak dokumen dorong duduk dukung "
    "eceran edar ekspor emas garap gedung gelar gerak giat gudang gugat guna hadir halaman harap harga hasil hemat "
    "hibah hidup hitung hotel hukum hutan ikan iklan ikut imbau impor indah ingat izin jabat jadi jaga jalan jamin "
    "janji jaring jelas jembatan jual juang jumlah kaji kampus kapal kawasan kebun kemas kembang kendara kerja "
    "kilang kirim kontrak kopi koperasi kota kredit kuliah kunjung kurang lahan lahir laku lancar langgan lapor "
    "latih layan lebah lelang lengkap lestari lihat lindung listrik lulus lurus maju makan mandiri manfaat masuk "
    "matang mekar minat mobil modal mulai musim naik nelayan niaga nilai olah ojek orang padi pajak paham pakai "
    "panen panggil pantau parkir pasang pasar patuh pecah peduli pelabuhan perahu perbaiki periksa pesan petani "
    "pikir pilih pimpin pindah pinjam pohon produksi proses proyek puji pulih pusat putus raih ramah rancang rapat "
    "rawat resmi rumah rusak sah saham saing salur sambut sampah sampaikan saran sawah sebar sedia sekolah selamat "
    "selenggara seni serah sertifikat setuju siap sidang simpan sita stasiun subsidi sukses surat susun tahan "
    "tambah tanam tanggap tani tarif tata tawar tempat tenaga terang terbit terima tetap tinggi tinjau tokoh topang "
    "transaksi tulis tumbuh tunda turun uang uji ukur undang unggul untung upah urus usaha wajib warga warung "
    "wisata wujud"
).split()
QUALITIES = (
    "aman baru bersih bermutu cepat cukup dalam dekat dingin gratis hemat indah jauh jernih kecil kering kokoh kuat "
    "kurang lama lancar langka lebar lengkap luas lunas mahal maju mandiri matang merata mewah mudah murah nyaman "
    "padat panjang penting pesat rapi ramai ramah rendah resmi ringan rutin sehat sederhana sejuk segar semarak "
    "singkat stabil subur sulit tangguh tepat terang terbuka terjangkau tertib tinggi tua utama utuh wajar"
).split()
OFFICES = (
    "Bupati",
    "Camat",
    "Direktur Utama",
    "Gubernur",
    "Kepala Badan",
    "Kepala Dinas",
    "Kepala Desa",
    "Ketua Koperasi",
    "Ketua Panitia",
    "Manajer Umum",
    "Peneliti",
    "Rektor",
    "Sekretaris Daerah",
    "Wakil Bupati",
    "Wakil Wali Kota",
    "Wali Kota",
)
BODIES = (
    "Asosiasi",
    "Badan",
    "Balai",
    "Dinas",
    "Himpunan",
    "Koperasi",
    "Lembaga",
    "PT",
    "Perkumpulan",
    "Universitas",
    "Yayasan",
)
FIELDS = (
    "Angkutan",
    "Budaya",
    "Kehutanan",
    "Kelautan",
    "Kesehatan",
    "Niaga",
    "Pangan",
    "Pariwisata",
    "Pendidikan",
    "Perdagangan",
    "Perikanan",
    "Pertanian",
    "Perumahan",
    "Peternakan",
    "Tenaga Kerja",
)
OCCASIONS = (
    "Bazar",
    "Deklarasi",
    "Festival",
    "Kongres",
    "Lokakarya",
    "Musyawarah",
    "Pameran",
    "Pekan Raya",
    "Pelantikan",
    "Peresmian",
    "Rapat Kerja",
    "Seminar",
    "Simposium",
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_ONSETS = "b c d g h j k l m n p r s t w y br dr gr kr ng ny pr tr".split()
_VOWELS = "a a a e i i o u u ai".split()
_CODAS = ["", "", "", "", "n", "ng", "r", "s", "k", "m", "t", "h", "l"]
_PREFIXES = ("", "", "", "ber", "di", "ke", "pe", "se", "ter")
_SUFFIXES = ("", "", "", "an", "kan", "i", "nya", "lah")


def coin_name(draw: Random, syllables: int) -> str:
    """A name that no list holds: ``Kranosumi``."""
    parts = (draw.choice(_ONSETS) + draw.choice(_VOWELS) + draw.choice(_CODAS) for _ in range(syllables))
    return "".join(parts).capitalize()


def derive(draw: Random, word: str) -> str:
    """A word of every day with what its grammar may add: ``pengiriman``, ``terjualnya``; not always one that exists."""
    return draw.choice(_PREFIXES) + word + draw.choice(_SUFFIXES)
